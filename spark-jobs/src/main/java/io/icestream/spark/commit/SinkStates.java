/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Fence.Decision;
import io.icestream.spark.decode.EventTimes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where each sink of a pipeline is, and what a batch may do to it. Pure.
 *
 * @param markers newest marker by sink; empty where the pipeline has never committed
 * @param decisions what the batch may do, by sink
 * @param timesBefore newest event times at the batch's start
 * @param lookups lookup snapshots that another sink has used for this batch already; they have to
 *     be used again
 */
record SinkStates(
    Map<String, Optional<Marker>> markers,
    Map<String, Decision> decisions,
    EventTimes timesBefore,
    Map<String, Long> lookups) {

  /**
   * Compares all sinks with a batch.
   *
   * @param markers newest marker by sink
   * @param chains how each sink's batches follow each other
   * @param range what the batch reads
   */
  static SinkStates of(
      Map<String, Optional<Marker>> markers, Map<String, Chain> chains, BatchRange range) {
    Map<String, Decision> decisions = new LinkedHashMap<>();
    EventTimes times = EventTimes.NONE;
    Map<String, Long> lookups = Map.of();
    for (Map.Entry<String, Optional<Marker>> entry : markers.entrySet()) {
      String sink = entry.getKey();
      Decision decision = Fence.decide(sink, entry.getValue(), range, chains.get(sink));
      decisions.put(sink, decision);
      if (entry.getValue().isPresent()) {
        Marker marker = entry.getValue().get();
        boolean done = decision == Decision.SKIP;
        times = times.and((done ? marker.timesBefore() : marker.timesAfter()).newest());
        lookups = done ? marker.lookups() : lookups;
      }
    }
    return new SinkStates(markers, decisions, times, lookups);
  }

  /**
   * The same with a further table, whose batches leave no marker unless they have rows for it.
   *
   * @param table the table
   * @param marker its newest marker
   * @param range what the batch reads
   */
  SinkStates with(String table, Optional<Marker> marker, BatchRange range) {
    // A recovery may run what comes before the table's end: it has all rows up to there
    boolean ahead =
        marker
            .map(Marker::to)
            .filter(to -> to.topicId().equals(range.to().topicId()))
            .filter(to -> !to.equals(range.to()) && range.to().isAtOrBefore(to))
            .isPresent();
    Decision decision = ahead ? Decision.SKIP : Fence.decide(table, marker, range, Chain.SPARSE);
    Map<String, Optional<Marker>> allMarkers = new LinkedHashMap<>(markers);
    allMarkers.put(table, marker);
    Map<String, Decision> allDecisions = new LinkedHashMap<>(decisions);
    allDecisions.put(table, decision);
    if (ahead || marker.isEmpty()) {
      return new SinkStates(allMarkers, allDecisions, timesBefore, lookups);
    }
    boolean done = decision == Decision.SKIP;
    return new SinkStates(
        allMarkers,
        allDecisions,
        timesBefore.and((done ? marker.get().timesBefore() : marker.get().timesAfter()).newest()),
        done ? marker.get().lookups() : lookups);
  }

  boolean isComplete() {
    return decisions.values().stream().allMatch(d -> d == Decision.SKIP);
  }
}
