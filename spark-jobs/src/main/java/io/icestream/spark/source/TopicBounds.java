/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import io.icestream.spark.failure.PipelineFailure;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.OffsetSpec;

/**
 * What Kafka has of a topic.
 *
 * @param name the topic
 * @param id its Kafka id
 * @param earliest the first offset that is there, by partition; where there is none, {@code latest}
 * @param latest the next offset that will be written, by partition
 */
public record TopicBounds(
    String name, String id, SortedMap<Integer, Long> earliest, SortedMap<Integer, Long> latest) {
  public TopicBounds {
    earliest = Collections.unmodifiableSortedMap(new TreeMap<>(earliest));
    latest = Collections.unmodifiableSortedMap(new TreeMap<>(latest));
  }

  /**
   * Looks the offsets up.
   *
   * @param topic the topic
   * @param client properties of Kafka clients
   * @throws PipelineFailure if no broker answers
   */
  public static TopicBounds find(KafkaTopic topic, Map<String, String> client) {
    // The latest last: what is deleted in between then makes a bound that is too low, never wrong
    SortedMap<Integer, Long> earliest = KafkaOffsets.find(topic, client, OffsetSpec.earliest());
    return new TopicBounds(
        topic.name(), topic.id(), earliest, KafkaOffsets.find(topic, client, OffsetSpec.latest()));
  }
}
