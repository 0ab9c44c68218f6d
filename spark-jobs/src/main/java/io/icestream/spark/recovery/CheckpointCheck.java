/* SPDX-License-Identifier: MIT */
package io.icestream.spark.recovery;

import io.icestream.spark.commit.SinkEnd;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.recovery.CheckpointState.Damaged;
import io.icestream.spark.recovery.CheckpointState.Planned;
import io.icestream.spark.recovery.CheckpointState.Started;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says whether a checkpoint leads on from where the tables are. */
final class CheckpointCheck {
  private CheckpointCheck() {}

  /**
   * Why it does not.
   *
   * @return sentences without a full stop; empty if it does, or if there is no checkpoint
   */
  static List<String> problems(Situation situation, Map<String, TopicOffsets> at) {
    if (situation.checkpoint() instanceof Damaged damaged) {
      return damaged.problems();
    }
    if (situation.checkpoint() instanceof Started started) {
      return disagreeing(
          situation,
          at,
          List.of(started.start()),
          started.start(),
          "it starts at " + started.start().describe());
    }
    if (situation.checkpoint() instanceof Planned planned) {
      TopicOffsets from = planned.last().from();
      TopicOffsets to = planned.last().to();
      String text = "its newest batch " + planned.last().batch() + " ";
      return planned.done()
          ? disagreeing(
              situation, at, List.of(to), to, text + "is done and ended at " + to.describe())
          : disagreeing(
              situation,
              at,
              List.of(from, to),
              from,
              text + "is planned from " + from.describe() + " to " + to.describe());
    }
    return List.of();
  }

  private static List<String> disagreeing(
      Situation situation,
      Map<String, TopicOffsets> at,
      List<TopicOffsets> right,
      TopicOffsets next,
      String text) {
    List<String> problems = new ArrayList<>();
    for (SinkEnd sink : situation.sinks()) {
      TopicOffsets place = at.get(sink.table());
      if (place == null) {
        problems.add(text + ", and '" + sink.table() + "' has no rows of this pipeline");
      } else if (!right.contains(place)) {
        problems.add(text + ", and '" + sink.table() + "' is at " + place.describe());
      }
    }
    for (SinkEnd table : situation.sparse()) {
      TopicOffsets place = at.get(table.table());
      if (place != null && !right.contains(place) && !place.isAtOrBefore(next)) {
        problems.add(text + ", and '" + table.table() + "' is at " + place.describe());
      }
    }
    return problems;
  }
}
