/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.commit.TopicOffsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where a pipeline without a checkpoint starts to read. */
final class StartOffsets {
  private StartOffsets() {}

  /**
   * Offsets in the JSON of Spark's Kafka source.
   *
   * @param topic the topic
   * @param start the next offsets; a partition that is not named is read from 0, and not from where
   *     Kafka happens to begin: what is missing there is a loss
   * @param partitions how many partitions the topic has
   */
  static String json(String topic, TopicOffsets start, int partitions) {
    Map<Integer, Long> offsets = new TreeMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      offsets.put(partition, start.partitions().getOrDefault(partition, 0L));
    }
    return offsets.entrySet().stream()
        .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
        .collect(Collectors.joining(",", "{\"" + topic + "\":{", "}}"));
  }
}
