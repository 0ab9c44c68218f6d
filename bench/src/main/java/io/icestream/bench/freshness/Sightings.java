/* SPDX-License-Identifier: MIT */
package io.icestream.bench.freshness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** When a freshly loaded table was first seen to have come to which offsets. Not thread-safe. */
final class Sightings {
  private record Sighting(long millis, Map<Integer, Long> next) {}

  private final List<Sighting> sightings = new ArrayList<>();

  /**
   * Adds a sighting that is later, and no less far, than all before.
   *
   * @param millis when the load was done, since 1970
   * @param next by partition, the first offset that the table does not have
   */
  void add(long millis, Map<Integer, Long> next) {
    sightings.add(new Sighting(millis, Map.copyOf(next)));
  }

  /** When a record was first seen, in milliseconds since 1970; empty if it never was. */
  OptionalLong of(int partition, long offset) {
    int low = 0;
    int high = sightings.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sightings.get(middle).next().getOrDefault(partition, 0L) > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low == sightings.size()
        ? OptionalLong.empty()
        : OptionalLong.of(sightings.get(low).millis());
  }

  /** How many there are. */
  int count() {
    return sightings.size();
  }
}
