/* SPDX-License-Identifier: MIT */
package io.icestream.spark.recovery;

import io.icestream.spark.commit.Marker;
import io.icestream.spark.commit.SinkEnd;
import io.icestream.spark.commit.TopicOffsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A batch that some tables have and others do not. It has to be finished by the rules that it was
 * begun by: a row that was quarantined by the former rules, and that the new ones quarantine no
 * more, would be in two places; the other way round it would be in none.
 *
 * @param table a table that has it
 * @param marker what it says of the batch
 * @param lacking the sinks that do not have it
 */
record UnfinishedBatch(String table, Marker marker, List<String> lacking) {
  UnfinishedBatch {
    lacking = List.copyOf(lacking);
  }

  /**
   * Looks for one.
   *
   * @param plan where the tables are
   */
  static Optional<UnfinishedBatch> in(RecoveryPlan plan) {
    for (SinkEnd end : plan.situation().tables()) {
      // A marker over a gap has no rows, and so has judged none
      Optional<Marker> marker = end.marker().filter(m -> m.ledger().read() > 0);
      List<String> lacking =
          marker.map(m -> behind(m.to(), plan.situation().sinks(), plan.at())).orElse(List.of());
      if (!lacking.isEmpty()) {
        return Optional.of(new UnfinishedBatch(end.table(), marker.orElseThrow(), lacking));
      }
    }
    return Optional.empty();
  }

  /** Whether the batch was begun by other rules; not if nobody knows. */
  boolean isOfOtherRules(String rules) {
    String begun = marker.origin().rules();
    return !begun.isEmpty() && !rules.isEmpty() && !begun.equals(rules);
  }

  private static List<String> behind(
      TopicOffsets to, List<SinkEnd> sinks, Map<String, TopicOffsets> at) {
    List<String> behind = new ArrayList<>();
    for (SinkEnd sink : sinks) {
      TopicOffsets place = at.get(sink.table());
      if (place != null
          && place.topicId().equals(to.topicId())
          && !place.equals(to)
          && place.isAtOrBefore(to)) {
        behind.add(sink.table());
      }
    }
    return behind;
  }
}
