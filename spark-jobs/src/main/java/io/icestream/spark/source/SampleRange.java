/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which offsets a sample is made of. Pure.
 *
 * @param from first offset by partition
 * @param to offset behind the last by partition
 */
record SampleRange(SortedMap<Integer, Long> from, SortedMap<Integer, Long> to) {
  SampleRange {
    from = Collections.unmodifiableSortedMap(new TreeMap<>(from));
    to = Collections.unmodifiableSortedMap(new TreeMap<>(to));
  }

  /** The last offsets of all partitions together. */
  static SampleRange newest(
      SortedMap<Integer, Long> earliest, SortedMap<Integer, Long> latest, int count) {
    SortedMap<Integer, Long> from = new TreeMap<>();
    share(earliest, latest, count)
        .forEach((partition, some) -> from.put(partition, latest.get(partition) - some));
    return new SampleRange(from, latest);
  }

  /** The first offsets of all partitions together. */
  static SampleRange next(
      SortedMap<Integer, Long> start, SortedMap<Integer, Long> latest, int count) {
    SortedMap<Integer, Long> to = new TreeMap<>();
    share(start, latest, count)
        .forEach((partition, some) -> to.put(partition, start.get(partition) + some));
    return new SampleRange(start, to);
  }

  /** How many offsets each partition gives: as even as their lengths allow. */
  private static Map<Integer, Long> share(
      SortedMap<Integer, Long> start, SortedMap<Integer, Long> end, int count) {
    Map<Integer, Long> shares = new TreeMap<>();
    start.keySet().forEach(partition -> shares.put(partition, 0L));
    long left = count;
    boolean given = true;
    while (left > 0 && given) {
      given = false;
      for (Map.Entry<Integer, Long> share : shares.entrySet()) {
        long there = end.get(share.getKey()) - start.get(share.getKey());
        if (left > 0 && share.getValue() < there) {
          share.setValue(share.getValue() + 1);
          left--;
          given = true;
        }
      }
    }
    return shares;
  }
}
