/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import io.icestream.faults.oracle.SinkState.Chain;
import io.icestream.faults.oracle.Violation.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Recounts a lake from what was produced. Trusts nothing that the pipeline says of itself: markers
 * and ledgers are checked, and used only to know what an earlier snapshot claims to hold.
 */
public final class Oracle {
  /** A null as a text of a row. */
  public static final String NULL = "NULL";

  private static final SortedMap<Integer, Long> START = Collections.emptySortedMap();
  private static final int SHOWN = 5;

  private final ProducedLog log;
  private final List<Violation> violations = new ArrayList<>();

  private Oracle(ProducedLog log) {
    this.log = log;
  }

  /**
   * Checks all tables of a pipeline.
   *
   * @param log what was produced and acknowledged
   * @param sinks the tables, the quarantine table among them
   * @return what is wrong; empty if nothing is
   */
  public static List<Violation> check(ProducedLog log, List<SinkState> sinks) {
    Oracle oracle = new Oracle(log);
    sinks.forEach(oracle::check);
    return List.copyOf(oracle.violations);
  }

  private void check(SinkState sink) {
    sink.missing().forEach(file -> add(Rule.FILE, sink, file));
    sink.leftOver().forEach(file -> add(Rule.ORPHAN, sink, file));
    checkChain(sink);
    List<SnapshotState> snapshots = sink.snapshots();
    for (int i = 0; i < snapshots.size() - 1; i++) {
      checkPrefix(sink, i);
    }
    List<Map<String, String>> newest =
        snapshots.isEmpty() ? List.of() : snapshots.get(snapshots.size() - 1).rows();
    RowComparison.of(sink.model(), sink.model().rows(log), newest)
        .forEach((rule, rows) -> add(rule, sink, columns(sink) + some(rows)));
  }

  /** An earlier snapshot holds what its mark says: each record before it, and none behind it. */
  private void checkPrefix(SinkState sink, int index) {
    SnapshotState snapshot = sink.snapshots().get(index);
    Optional<SortedMap<Integer, Long>> to = place(sink.snapshots(), index);
    if (to.isEmpty()) {
      return;
    }
    RowComparison.of(sink.model(), sink.model().rows(log.before(to.get())), snapshot.rows())
        .forEach(
            (rule, rows) ->
                add(
                    Rule.PREFIX,
                    sink,
                    "snapshot "
                        + snapshot.id()
                        + " at "
                        + to.get()
                        + " has "
                        + rule
                        + " "
                        + columns(sink)
                        + some(rows)));
  }

  /**
   * How far a snapshot is: by its own mark, by the one before it, or by where the batch behind it
   * begins; empty if neither is there.
   */
  private static Optional<SortedMap<Integer, Long>> place(
      List<SnapshotState> snapshots, int index) {
    for (int i = index; i >= 0; i--) {
      if (snapshots.get(i).mark().isPresent()) {
        return snapshots.get(i).mark().map(Mark::to);
      }
    }
    return snapshots.stream()
        .skip(index)
        .flatMap(s -> s.mark().stream())
        .findFirst()
        .map(Mark::from);
  }

  private void checkChain(SinkState sink) {
    Optional<SnapshotState> last = Optional.empty();
    boolean fromTheStart = !sink.snapshots().isEmpty() && sink.snapshots().get(0).first();
    for (SnapshotState snapshot : sink.snapshots()) {
      if (snapshot.mark().isEmpty()) {
        continue;
      }
      Mark mark = snapshot.mark().get();
      checkLedger(sink, snapshot.id(), mark);
      Optional<SortedMap<Integer, Long>> before = last.flatMap(SnapshotState::mark).map(Mark::to);
      if (before.isPresent() || fromTheStart) {
        checkLink(sink, snapshot.id(), before.orElse(START), mark);
      }
      last = Optional.of(snapshot);
    }
    if (sink.chain() == Chain.GAPLESS) {
      checkEnd(sink, last.flatMap(SnapshotState::mark));
    }
  }

  private void checkLink(SinkState sink, long id, SortedMap<Integer, Long> before, Mark mark) {
    boolean follows =
        sink.chain() == Chain.GAPLESS
            ? before.equals(mark.from())
            : before.entrySet().stream()
                .allMatch(e -> e.getValue() <= mark.from().getOrDefault(e.getKey(), 0L));
    if (!follows) {
      add(
          Rule.CHAIN,
          sink,
          "snapshot " + id + " begins at " + mark.from() + ", the one before ends at " + before);
    }
  }

  private void checkLedger(SinkState sink, long id, Mark mark) {
    if (mark.read() != mark.accounted()) {
      add(Rule.LEDGER, sink, "snapshot " + id + " does not balance: " + mark.ledger());
    }
    long records = log.before(mark.to()).from(mark.from()).records().size();
    if (sink.chain() == Chain.GAPLESS && mark.read() != records) {
      add(
          Rule.LEDGER,
          sink,
          "snapshot " + id + " has read " + mark.read() + ", the batch has " + records);
    }
  }

  private void checkEnd(SinkState sink, Optional<Mark> last) {
    SortedMap<Integer, Long> end = log.end();
    boolean atEnd = last.map(mark -> mark.to().equals(end)).orElse(end.isEmpty());
    if (!atEnd) {
      String found = last.map(mark -> mark.to().toString()).orElse("no mark");
      add(Rule.END, sink, "the newest mark is at " + found + ", Kafka at " + end);
    }
  }

  private void add(Rule rule, SinkState sink, String detail) {
    violations.add(new Violation(rule, sink.table(), detail));
  }

  private static String columns(SinkState sink) {
    return String.join(":", sink.model().identity()) + " ";
  }

  private static String some(List<String> rows) {
    return rows.stream().limit(SHOWN).collect(Collectors.joining(", "))
        + (rows.size() > SHOWN ? " and " + (rows.size() - SHOWN) + " more" : "");
  }
}
