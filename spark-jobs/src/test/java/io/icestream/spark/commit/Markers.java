/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.decode.EventTimes;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Values that tests of commits start from. */
final class Markers {
  static final String TOPIC = "topic-id";
  static final Ledger LEDGER = new Ledger(10, 10, 10, 0, 0, 0, 0, 0);

  private Markers() {}

  static TopicOffsets at(long... offsets) {
    SortedMap<Integer, Long> partitions = new TreeMap<>();
    for (int i = 0; i < offsets.length; i++) {
      partitions.put(i, offsets[i]);
    }
    return new TopicOffsets(TOPIC, partitions);
  }

  static BatchRange range(TopicOffsets from, TopicOffsets to) {
    return new BatchRange(7, from, to, Instant.parse("2026-01-31T12:00:00Z"), true);
  }

  static EventTimes times(long partitionZero) {
    return new EventTimes(new TreeMap<>(Map.of(0, partitionZero)));
  }

  static Marker marker(TopicOffsets from, TopicOffsets to) {
    return marker(from, to, 1, 2, Map.of());
  }

  static Marker marker(
      TopicOffsets from, TopicOffsets to, long before, long after, Map<String, Long> lookups) {
    return new Marker(
        from,
        to,
        7,
        "1.0",
        LEDGER,
        times(before),
        times(after),
        lookups,
        Map.of(),
        Origin.UNKNOWN,
        0);
  }
}
