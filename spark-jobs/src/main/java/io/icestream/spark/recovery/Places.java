/* SPDX-License-Identifier: MIT */
package io.icestream.spark.recovery;

import io.icestream.spark.commit.Marker;
import io.icestream.spark.commit.SinkEnd;
import io.icestream.spark.commit.TopicOffsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the tables are in the topic.
 *
 * @param at the next offsets of each table; a sink without a marker is where the pipeline started,
 *     if that is known. Not in it: a sparse table without a marker, and sinks of which nothing is
 *     known
 * @param obstacles why it cannot be told, as sentences; empty if it can
 */
record Places(Map<String, TopicOffsets> at, List<String> obstacles) {
  Places {
    at = Collections.unmodifiableMap(new LinkedHashMap<>(at));
    obstacles = List.copyOf(obstacles);
  }

  static Places of(Situation situation) {
    Map<String, TopicOffsets> at = new LinkedHashMap<>();
    List<String> obstacles = new ArrayList<>();
    Optional<TopicOffsets> start = start(situation);
    boolean anyMarked = situation.tables().stream().anyMatch(t -> t.marker().isPresent());
    for (SinkEnd table : situation.sinks()) {
      Optional<TopicOffsets> place = table.marker().map(Marker::to).or(() -> start);
      place.ifPresent(offsets -> at.put(table.table(), offsets));
      if (place.isEmpty() && anyMarked) {
        obstacles.add(
            "Table '"
                + table.table()
                + "' has no rows of this pipeline, and others have: it is new, or was dropped and"
                + " created again. Its rows of earlier batches cannot be made from the others'."
                + " Restore it, or give the pipeline another name, so that it starts afresh");
      }
    }
    for (SinkEnd table : situation.sparse()) {
      table.marker().ifPresent(marker -> at.put(table.table(), marker.to()));
    }
    return new Places(at, obstacles);
  }

  /** Where the pipeline started, if that can be told: nothing came before the tables' markers. */
  private static Optional<TopicOffsets> start(Situation situation) {
    List<SinkEnd> marked =
        situation.sinks().stream().filter(sink -> sink.marker().isPresent()).toList();
    if (!marked.isEmpty()) {
      Set<TopicOffsets> starts =
          marked.stream().map(sink -> sink.marker().get().from()).collect(Collectors.toSet());
      return marked.stream().allMatch(SinkEnd::first) && starts.size() == 1
          ? Optional.of(starts.iterator().next())
          : Optional.empty();
    }
    List<SinkEnd> sparse =
        situation.sparse().stream().filter(table -> table.marker().isPresent()).toList();
    return sparse.isEmpty()
        ? plannedStart(situation.checkpoint())
        : sparse.stream()
            .filter(Places::isOfFirstBatch)
            .map(table -> table.marker().get().from())
            .findFirst();
  }

  /**
   * A sparse table's first marker need not be of the first batch, since batches without rows for it
   * leave none; but the first batch has a number and no event before it.
   */
  private static boolean isOfFirstBatch(SinkEnd sparse) {
    Marker marker = sparse.marker().orElseThrow();
    return sparse.first() && marker.batch() == 0 && marker.timesBefore().newest().isEmpty();
  }

  /** Where a checkpoint will read first, if no batch of it can have committed a row. */
  private static Optional<TopicOffsets> plannedStart(CheckpointState checkpoint) {
    if (checkpoint instanceof CheckpointState.Started started) {
      return Optional.of(started.start());
    }
    if (checkpoint instanceof CheckpointState.Planned planned
        && planned.last().first()
        && (!planned.done() || planned.last().offsets() == 0)) {
      return Optional.of(planned.next());
    }
    return Optional.empty();
  }
}
