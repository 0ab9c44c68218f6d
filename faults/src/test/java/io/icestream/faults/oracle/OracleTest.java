/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.icestream.faults.oracle.SinkState.Chain;
import io.icestream.faults.oracle.Violation.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A right lake has no violation, and each planted error is found and named. */
class OracleTest {
  /** Partition 0: 0 good, 1 bad, 2 good, 3 good. */
  private static final ProducedLog LOG =
      new ProducedLog(
          List.of(good(0), new ProducedRecord(0, 1, false, "p", Map.of()), good(2), good(3)));

  private final List<Map<String, String>> first = new ArrayList<>(List.of(row(0)));
  private final List<Map<String, String>> newest = new ArrayList<>(List.of(row(0), row(2), row(3)));
  private final List<Map<String, String>> quarantine = new ArrayList<>(List.of(rejected("why")));
  private Mark firstMark = mark(0, 2, 2, 1);
  private Mark secondMark = mark(2, 4, 2, 2);
  private final List<String> missing = new ArrayList<>();
  private final List<String> leftOver = new ArrayList<>();

  @Test
  void findsNothingInARightLake() {
    assertThat(check()).isEmpty();
  }

  @Test
  void findsALostRow() {
    newest.remove(row(2));

    assertThat(check()).containsExactly("LOST t: kafka_partition:kafka_offset 0:2");
  }

  @Test
  void findsADoubledRow() {
    newest.add(row(3));

    assertThat(check())
        .containsExactly("DOUBLED t: kafka_partition:kafka_offset 0:3 (2 times, not 1)");
  }

  @Test
  void findsARowThatNobodyProduced() {
    newest.add(row(9));

    assertThat(check()).containsExactly("UNPRODUCED t: kafka_partition:kafka_offset 0:9");
  }

  @Test
  void findsAChangedValue() {
    newest.set(1, Map.of("kafka_partition", "0", "kafka_offset", "2", "v", "7"));

    assertThat(check())
        .containsExactly("CHANGED t: kafka_partition:kafka_offset 0:2 v is 7, not 2");
  }

  @Test
  void findsABadRecordInTheTable() {
    newest.add(row(1));

    assertThat(check()).containsExactly("UNPRODUCED t: kafka_partition:kafka_offset 0:1");
  }

  @Test
  void findsAQuarantinedRowWithoutAReason() {
    quarantine.set(0, rejected(Oracle.NULL));

    assertThat(check())
        .containsExactly("CHANGED q: partition:offset 0:1 reason is NULL, not given");
  }

  @Test
  void findsAHoleInAnEarlierSnapshot() {
    first.clear();

    assertThat(check())
        .containsExactly("PREFIX t: snapshot 1 at {0=2} has LOST kafka_partition:kafka_offset 0:0");
  }

  @Test
  void findsARowAheadOfItsSnapshotsMark() {
    first.add(row(3));

    assertThat(check())
        .containsExactly(
            "PREFIX t: snapshot 1 at {0=2} has UNPRODUCED kafka_partition:kafka_offset 0:3");
  }

  @Test
  void findsABrokenChain() {
    secondMark = mark(3, 4, 1, 1);

    assertThat(check())
        .containsExactly("CHAIN t: snapshot 2 begins at {0=3}, the one before ends at {0=2}");
  }

  @Test
  void findsAChainThatDoesNotBeginAtTheStart() {
    firstMark = mark(1, 2, 1, 0);

    assertThat(check())
        .containsExactly("CHAIN t: snapshot 1 begins at {0=1}, the one before ends at {}");
  }

  @Test
  void findsAChainThatEndsTooEarly() {
    secondMark = mark(2, 3, 1, 1);

    assertThat(check()).containsExactly("END t: the newest mark is at {0=3}, Kafka at {0=4}");
  }

  @Test
  void findsALedgerThatDoesNotBalance() {
    secondMark = new Mark(at(2), at(4), Map.of("read", 2L, "written", 1L, "offsets", 2L));

    assertThat(check())
        .singleElement()
        .asString()
        .startsWith("LEDGER t: snapshot 2 does not balance");
  }

  @Test
  void findsALedgerThatCountsOtherRecords() {
    secondMark = mark(2, 4, 3, 3);

    assertThat(check()).containsExactly("LEDGER t: snapshot 2 has read 3, the batch has 2");
  }

  @Test
  void findsAMissingFileAndAFileLeftOver() {
    missing.add("a.parquet is missing");
    leftOver.add("b.parquet");

    assertThat(check()).containsExactly("FILE t: a.parquet is missing", "ORPHAN t: b.parquet");
  }

  @Test
  void findsAGroupThatCountsARecordTwice() {
    ProducedLog log = new ProducedLog(List.of(entry(0, "a", 5), entry(1, "a", 6)));
    GroupsModel model = new GroupsModel("k", "v", "n", "total");
    List<Map<String, String>> rows = List.of(Map.of("k", "a", "n", "3", "total", "17"));
    Mark mark = mark(0, 2, 2, 2);
    SinkState sink =
        new SinkState(
            "g",
            model,
            Chain.GAPLESS,
            List.of(new SnapshotState(1, true, Optional.of(mark), rows)),
            List.of(),
            List.of());

    assertThat(Oracle.check(log, List.of(sink)))
        .extracting(Violation::rule, Violation::detail)
        .containsExactly(tuple(Rule.CHANGED, "k a n is 3, not 2, total is 17, not 11"));
  }

  @Test
  void judgesASnapshotWithoutAMarkByTheBatchBehindIt() {
    SinkState sink = sink(List.of(unmarked(1, List.of()), marked(2, secondMark, newest)));

    assertThat(Oracle.check(LOG, List.of(sink)))
        .extracting(Violation::toString)
        .containsExactly("PREFIX t: snapshot 1 at {0=2} has LOST kafka_partition:kafka_offset 0:0");
  }

  private List<String> check() {
    SinkState sink =
        sink(
            List.of(
                new SnapshotState(1, true, Optional.of(firstMark), first),
                marked(2, secondMark, newest)));
    SinkState rejects =
        new SinkState(
            "q",
            new QuarantineModel(),
            Chain.SPARSE,
            List.of(new SnapshotState(5, true, Optional.of(mark(0, 2, 1, 1)), quarantine)),
            List.of(),
            List.of());
    return Oracle.check(LOG, List.of(sink, rejects)).stream().map(Violation::toString).toList();
  }

  private SinkState sink(List<SnapshotState> snapshots) {
    return new SinkState("t", new AppendModel(), Chain.GAPLESS, snapshots, missing, leftOver);
  }

  private static SnapshotState marked(long id, Mark mark, List<Map<String, String>> rows) {
    return new SnapshotState(id, false, Optional.of(mark), rows);
  }

  private static SnapshotState unmarked(long id, List<Map<String, String>> rows) {
    return new SnapshotState(id, false, Optional.empty(), rows);
  }

  private static ProducedRecord good(long offset) {
    return new ProducedRecord(0, offset, true, "p", Map.of("v", Long.toString(offset)));
  }

  private static ProducedRecord entry(long offset, String key, long value) {
    return new ProducedRecord(0, offset, true, "p", Map.of("k", key, "v", Long.toString(value)));
  }

  private static Map<String, String> row(long offset) {
    return Map.of(
        "kafka_partition", "0", "kafka_offset", Long.toString(offset), "v", Long.toString(offset));
  }

  private static Map<String, String> rejected(String reason) {
    return Map.of("partition", "0", "offset", "1", "payload", "p", "reason", reason);
  }

  private static Mark mark(long from, long to, long read, long written) {
    Map<String, Long> ledger =
        Map.of(
            "offsets", to - from, "read", read, "written", written, "quarantined", read - written);
    return new Mark(at(from), at(to), ledger);
  }

  private static SortedMap<Integer, Long> at(long offset) {
    return new TreeMap<>(Map.of(0, offset));
  }
}
