/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A Kafka topic and how its records become rows.
 *
 * @param location where it stands in the file
 * @param kafka the topic
 * @param format how a record's value is decoded
 * @param eventTime the column that holds the time of the event; a row without it is rejected. Empty
 *     where the rows have no time of their own
 * @param watermark how far behind the newest event of its Kafka partition a row may be before it
 *     counts as late. Empty (the default): no row is ever late. Needs {@code eventTime}
 */
public record SourceDefinition(
    Location location,
    KafkaDefinition kafka,
    FormatDefinition format,
    Optional<String> eventTime,
    Optional<Duration> watermark) {
  public SourceDefinition {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(kafka, "kafka");
    Objects.requireNonNull(format, "format");
  }
}
