/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Deals the partitions of a batch to tasks. */
final class Shares {
  /**
   * Offsets that are worth a task of their own: fewer are read, decoded and written in less time
   * than it takes to start a task and to open and end a file.
   */
  static final long WORTH_A_TASK = 20_000;

  private Shares() {}

  /**
   * Deals partitions out, so that no task has much more to do than the others.
   *
   * @param from the first offset by partition; 0 for a partition that is not named
   * @param to the end by partition, not included
   * @param tasks the most tasks that run at the same time
   * @return the slices of each task by partition; no task without one
   * @throws IllegalArgumentException if a partition ends before it begins
   */
  static List<List<TopicSlice>> of(Map<Integer, Long> from, Map<Integer, Long> to, int tasks) {
    List<TopicSlice> slices = new ArrayList<>();
    new TreeMap<>(to)
        .forEach(
            (partition, end) -> {
              long start = from.getOrDefault(partition, 0L);
              if (start != end) {
                slices.add(new TopicSlice(partition, start, end));
              }
            });
    long offsets = slices.stream().mapToLong(TopicSlice::offsets).sum();
    long wanted = Math.min((offsets + WORTH_A_TASK - 1) / WORTH_A_TASK, Math.max(1, tasks));
    int count = (int) Math.min(wanted, slices.size());
    List<List<TopicSlice>> shares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shares.add(new ArrayList<>());
    }
    slices.sort(Comparator.comparingLong(TopicSlice::offsets).reversed());
    for (TopicSlice slice : slices) {
      shares.stream().min(Comparator.comparingLong(Shares::offsets)).orElseThrow().add(slice);
    }
    shares.forEach(share -> share.sort(Comparator.comparingInt(TopicSlice::partition)));
    return shares;
  }

  private static long offsets(List<TopicSlice> share) {
    return share.stream().mapToLong(TopicSlice::offsets).sum();
  }
}
