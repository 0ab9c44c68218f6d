/* SPDX-License-Identifier: MIT */
package io.icestream.producers.http;

import com.fasterxml.jackson.core.JsonPointer;
import io.icestream.producers.ProducerException;
import io.icestream.producers.format.TopicFormats;
import java.util.Optional;
import java.util.Set;

/**
 * What is accepted, and where it goes.
 *
 * @param topics that {@code /topics/NAME} may name; not empty. If it is one alone, {@code /} means
 *     it too
 * @param key where a record's Kafka key is; empty: records have none
 * @param formats what becomes of a record
 * @param limits how much is accepted
 */
public record IngestSettings(
    Set<String> topics, Optional<JsonPointer> key, TopicFormats formats, Limits limits) {

  /**
   * How much is accepted.
   *
   * @param bodyBytes of a request, decoded
   * @param recordBytes of a record with its key
   * @param records of a request
   */
  public record Limits(int bodyBytes, int recordBytes, int records) {

    /** Lambda takes 6 MB of payload, and a body in base64 has 4 MiB at most in them. */
    public static final Limits DEFAULT = new Limits(4 << 20, 1_000_000, 10_000);

    /**
     * @throws ProducerException if one is less than 1
     */
    public Limits {
      if (bodyBytes < 1 || recordBytes < 1 || records < 1) {
        throw new ProducerException(
            "Limits of HTTP ingest are "
                + bodyBytes
                + " bytes of body, "
                + recordBytes
                + " bytes of record and "
                + records
                + " records: give 1 or more for each.");
      }
    }
  }

  /**
   * @throws ProducerException if there is no topic, or a format for a topic that takes no records
   */
  public IngestSettings {
    topics = Set.copyOf(topics);
    if (topics.isEmpty()) {
      throw new ProducerException("HTTP ingest has no topic: name one or more.");
    }
    for (String topic : formats.topics()) {
      if (!topics.contains(topic)) {
        throw new ProducerException(
            "Topic '" + topic + "' has a format, but takes no records: name it with the others.");
      }
    }
  }
}
