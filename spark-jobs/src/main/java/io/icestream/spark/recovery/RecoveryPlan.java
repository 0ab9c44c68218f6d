/* SPDX-License-Identifier: MIT */
package io.icestream.spark.recovery;

import io.icestream.spark.commit.Gap;
import io.icestream.spark.commit.TopicOffsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has to be done before a pipeline can start. Pure: the same for a start, which refuses if
 * there is anything, for a dry run and for a recovery.
 *
 * @param situation what is there
 * @param at where the tables are; see {@link Places}
 * @param obstacles why it cannot be recovered, as sentences without a full stop; empty if it can
 * @param gaps what Kafka no longer has
 * @param moves how the tables get over the gaps
 * @param distrust why the checkpoint has to be set aside, as sentences without a full stop; empty
 *     if it can be used or there is none
 * @param slices batches that bring all sinks to one place; none if the checkpoint does that
 * @param start where the next start begins to read; empty if the checkpoint or the pipeline file
 *     says so
 */
public record RecoveryPlan(
    Situation situation,
    Map<String, TopicOffsets> at,
    List<String> obstacles,
    List<Gap> gaps,
    List<Move> moves,
    List<String> distrust,
    List<Slice> slices,
    Optional<TopicOffsets> start) {
  public RecoveryPlan {
    at = Collections.unmodifiableMap(new LinkedHashMap<>(at));
    obstacles = List.copyOf(obstacles);
    gaps = List.copyOf(gaps);
    moves = List.copyOf(moves);
    distrust = List.copyOf(distrust);
    slices = List.copyOf(slices);
  }

  /**
   * Decides.
   *
   * @param situation what is there
   * @param maxOffsets the most that one batch reads
   */
  public static RecoveryPlan of(Situation situation, long maxOffsets) {
    Places places = Places.of(situation);
    Map<String, TopicOffsets> at = places.at();
    if (!places.obstacles().isEmpty()) {
      return new RecoveryPlan(
          situation,
          at,
          places.obstacles(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty());
    }
    Losses losses = Losses.of(situation, at);
    boolean exists = !(situation.checkpoint() instanceof CheckpointState.Absent);
    boolean damaged = situation.checkpoint() instanceof CheckpointState.Damaged;
    List<String> distrust =
        exists && !damaged && !losses.moves().isEmpty()
            ? List.of("it leads to offsets that Kafka does not have")
            : CheckpointCheck.problems(situation, at);
    if (exists && distrust.isEmpty()) {
      return new RecoveryPlan(
          situation, at, List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty());
    }
    Map<String, TopicOffsets> targets = new LinkedHashMap<>(at);
    losses.moves().forEach(move -> targets.put(move.table(), move.to()));
    Slices slices = new Slices(situation, targets, maxOffsets);
    Optional<List<TopicOffsets>> line = slices.line();
    return new RecoveryPlan(
        situation,
        at,
        line.isPresent() ? List.of() : List.of(notInLine(at)),
        losses.gaps(),
        losses.moves(),
        distrust,
        line.map(slices::along).orElse(List.of()),
        line.filter(cuts -> !cuts.isEmpty()).map(cuts -> cuts.get(cuts.size() - 1)));
  }

  /** Whether a pipeline can start as it is. */
  public boolean isNothingToDo() {
    return obstacles.isEmpty()
        && gaps.isEmpty()
        && moves.isEmpty()
        && distrust.isEmpty()
        && slices.isEmpty();
  }

  private static String notInLine(Map<String, TopicOffsets> at) {
    List<String> places = new ArrayList<>();
    at.forEach((table, place) -> places.add("'" + table + "' is at " + place.describe()));
    return "The tables are at places of which neither comes before the other: "
        + String.join(", ", places)
        + ". One pipeline cannot have left them so: a table is another's, or was restored to"
        + " another time. Restore it to where the others are";
  }
}
