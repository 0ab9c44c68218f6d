/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Layout;
import io.icestream.model.KafkaDefinition;
import io.icestream.model.Location;
import io.icestream.model.SourceDefinition;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * What is read, and how it is decoded.
 *
 * @param location where it stands in the pipeline file
 * @param name the name that SQL uses
 * @param kafka the topic
 * @param format how a record's value is decoded
 * @param schema the columns that the format gives
 * @param eventTime the column that holds the event's time, if the file names one
 * @param watermark how far behind its partition's newest event a row may be; empty: any row is in
 *     time
 */
public record SourcePlan(
    Location location,
    String name,
    KafkaDefinition kafka,
    FormatDefinition format,
    StructType schema,
    Optional<String> eventTime,
    Optional<Duration> watermark) {
  public SourcePlan {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(schema, "schema");
  }

  /** Whether each line of a record is a row of its own. */
  public boolean hasLines() {
    return format instanceof FormatDefinition.Json json && json.layout() == Layout.LINES;
  }

  static SourcePlan of(String name, SourceDefinition source, StructType schema) {
    return new SourcePlan(
        source.location(),
        name,
        source.kafka(),
        source.format(),
        schema,
        source.eventTime(),
        source.watermark());
  }

  /** The same source with other columns. */
  SourcePlan withColumns(StructType columns) {
    return new SourcePlan(location, name, kafka, format, columns, eventTime, watermark);
  }
}
