/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Offsets of a topic, by partition. */
final class KafkaOffsets {
  private KafkaOffsets() {}

  /**
   * Asks Kafka.
   *
   * @throws PipelineFailure if it does not answer
   */
  static SortedMap<Integer, Long> find(
      KafkaTopic topic, Map<String, String> client, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int partition = 0; partition < topic.partitions(); partition++) {
      asked.put(new TopicPartition(topic.name(), partition), which);
    }
    try (Admin admin = Admin.create(new HashMap<String, Object>(client))) {
      SortedMap<Integer, Long> offsets = new TreeMap<>();
      admin
          .listOffsets(asked)
          .all()
          .get()
          .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
      return offsets;
    } catch (ExecutionException e) {
      throw new PipelineFailure(
          Kind.UNAVAILABLE,
          "The offsets of topic '" + topic.name() + "' cannot be read: " + e.getCause() + ".",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineFailure(Kind.UNAVAILABLE, "Interrupted while reading offsets.", e);
    }
  }

  /** Offsets as Spark's Kafka source reads them. */
  static String json(String topic, SortedMap<Integer, Long> offsets) {
    return offsets.entrySet().stream()
        .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
        .collect(Collectors.joining(",", "{\"" + topic + "\":{", "}}"));
  }
}
