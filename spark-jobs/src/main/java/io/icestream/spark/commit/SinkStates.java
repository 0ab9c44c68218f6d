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

  boolean isComplete() {
    return decisions.values().stream().allMatch(d -> d == Decision.SKIP);
  }
}
