/* SPDX-License-Identifier: MIT */
package io.icestream.spark.audit;

import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.commit.MarkerLog;
import io.icestream.spark.commit.MarkerLog.Entry;
import io.icestream.spark.commit.TopicOffsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of a table's history that somebody asked for, and what is wrong with it. Pure.
 *
 * @param table the table
 * @param entries the commits that were asked for, oldest first
 * @param expired whether commits before the table's first one have expired, so that nothing is said
 *     about them
 * @param problems what is wrong, as sentences; empty if each batch begins where the one before
 *     ended and all ledgers balance
 */
public record ChainAudit(
    String table, List<Entry> entries, boolean expired, List<String> problems) {
  public ChainAudit {
    entries = List.copyOf(entries);
    problems = List.copyOf(problems);
  }

  /**
   * Checks a table.
   *
   * @param log its markers
   * @param chain how its batches follow each other
   * @param from the first commit that is meant; empty for the oldest
   * @param to the last one, included; empty for the newest
   */
  public static ChainAudit of(
      MarkerLog log, Chain chain, Optional<Bound> from, Optional<Bound> to) {
    List<Entry> asked = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Entry before = null;
    for (Entry entry : log.entries()) {
      boolean meant =
          from.map(bound -> bound.compare(entry) >= 0).orElse(true)
              && to.map(bound -> bound.compare(entry) <= 0).orElse(true);
      if (meant) {
        asked.add(entry);
        unbalanced(entry.marker()).ifPresent(problems::add);
        if (before != null) {
          broken(before.marker(), entry.marker(), chain).ifPresent(problems::add);
        }
      }
      before = entry;
    }
    log.rolledBack().ifPresent(problems::add);
    return new ChainAudit(log.table(), asked, log.expired(), problems);
  }

  /** Whether nothing is wrong. */
  public boolean isSound() {
    return problems.isEmpty();
  }

  /** How many offsets are lost for good in the batches that were asked for. */
  public long lost() {
    return entries.stream().mapToLong(entry -> entry.marker().gap()).sum();
  }

  private static Optional<String> unbalanced(Marker marker) {
    return marker.ledger().isBalanced()
        ? Optional.empty()
        : Optional.of(
            "The ledger of batch "
                + marker.batch()
                + " does not balance: "
                + marker.ledger().describe());
  }

  private static Optional<String> broken(Marker before, Marker marker, Chain chain) {
    TopicOffsets end = before.to();
    TopicOffsets start = marker.from();
    String both =
        "batch "
            + marker.batch()
            + " begins at "
            + start.describe()
            + ", and batch "
            + before.batch()
            + " ended at "
            + end.describe();
    if (!end.topicId().equals(start.topicId())) {
      return Optional.of(
          "Batch "
              + marker.batch()
              + " is of topic "
              + start.topicId()
              + ", and batch "
              + before.batch()
              + " of topic "
              + end.topicId());
    }
    if (marker.origin().epoch() < before.origin().epoch()) {
      return Optional.of(
          "Batch "
              + marker.batch()
              + " was committed by the driver of epoch "
              + marker.origin().epoch()
              + " after one of epoch "
              + before.origin().epoch());
    }
    if (end.equals(start)) {
      return Optional.empty();
    }
    if (!end.isAtOrBefore(start)) {
      return Optional.of("Overlap: " + both);
    }
    return chain == Chain.SPARSE
        ? Optional.empty()
        : Optional.of("Gap of " + start.since(end) + " offsets: " + both);
  }
}
