/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * A record and the topic that it is for. The arrays are shared, not copied: nobody may change them.
 * Equality is by content.
 *
 * @param topic where it goes
 * @param key the Kafka key; null for none, then Kafka picks the partition
 * @param value the Kafka value; never null
 * @param headers the Kafka headers, values in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent")
public record TopicRecord(String topic, byte[] key, byte[] value, Map<String, String> headers) {

  public TopicRecord {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(value, "value");
    headers = Map.copyOf(headers);
  }

  /** The bytes that count against Kafka's bound on a record, without those of headers. */
  public int size() {
    return value.length + (key == null ? 0 : key.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicRecord that
        && topic.equals(that.topic)
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value)
        && headers.equals(that.headers);
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, Arrays.hashCode(key), Arrays.hashCode(value), headers);
  }

  /** Topic and size only: the content of a record is not for logs. */
  @Override
  public String toString() {
    return "TopicRecord[" + topic + ", " + size() + " bytes]";
  }
}
