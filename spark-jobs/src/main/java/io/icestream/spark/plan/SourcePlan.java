/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.Layout;
import io.icestream.model.KafkaDefinition;
import io.icestream.model.Location;
import io.icestream.model.SourceDefinition;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.registry.RegistrySettings;
import java.time.Duration;
import java.util.Locale;
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
 * @param recordSchema the columns that the format gives, and what its decoder needs to fill them
 * @param eventTime the column that holds the event's time, if the file names one
 * @param watermark how far behind its partition's newest event a row may be; empty: any row is in
 *     time
 * @param registry how to reach the schema registry; empty if the environment has none
 */
public record SourcePlan(
    Location location,
    String name,
    KafkaDefinition kafka,
    FormatDefinition format,
    RecordSchema recordSchema,
    Optional<String> eventTime,
    Optional<Duration> watermark,
    Optional<RegistrySettings> registry) {
  public SourcePlan {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(recordSchema, "recordSchema");
    Objects.requireNonNull(registry, "registry");
  }

  /** A source whose format needs nothing but its columns. */
  public SourcePlan(
      Location location,
      String name,
      KafkaDefinition kafka,
      FormatDefinition format,
      StructType schema,
      Optional<String> eventTime,
      Optional<Duration> watermark) {
    this(
        location,
        name,
        kafka,
        format,
        RecordSchema.of(schema),
        eventTime,
        watermark,
        Optional.empty());
  }

  /** The columns that the format gives. */
  public StructType schema() {
    return recordSchema.columns();
  }

  /** Whether each line of a record is a row of its own. */
  public boolean hasLines() {
    return format instanceof FormatDefinition.Json json && json.layout() == Layout.LINES;
  }

  static SourcePlan of(
      String name, SourceDefinition source, RecordSchema schema, Environment environment) {
    Optional<RegistrySettings> registry = RegistrySettings.of(environment.registry());
    return new SourcePlan(
        source.location(),
        name,
        source.kafka(),
        source.format(),
        schema,
        source.eventTime(),
        source.watermark(),
        registry);
  }

  /**
   * Checks that the environment has the schema registry that the source needs. What decodes nothing
   * can do without.
   *
   * @throws PipelineFailure if it has not
   */
  public void requireRegistry() {
    RegistrySettings.Type needed = registryType(format).orElse(null);
    RegistrySettings.Type found = registry.map(RegistrySettings::type).orElse(null);
    if (needed != null && needed != found) {
      String key = needed.name().toLowerCase(Locale.ROOT);
      throw new PipelineFailure(
          PipelineFailure.Kind.CONFIGURATION,
          "Source '"
              + name
              + "' has framing '"
              + key
              + "', and the environment has "
              + (found == null
                  ? "no schema registry"
                  : "a schema registry of type '" + found.name().toLowerCase(Locale.ROOT) + "'")
              + ". Set 'registry.type="
              + key
              + "' and its keys in the environment, or correct 'framing'.");
    }
  }

  /** The kind of registry that a format has to ask. JSON says itself what its fields are. */
  private static Optional<RegistrySettings.Type> registryType(FormatDefinition format) {
    Framing framing = Framing.NONE;
    if (format instanceof FormatDefinition.Avro avro) {
      framing = avro.framing();
    } else if (format instanceof FormatDefinition.Protobuf protobuf) {
      framing = protobuf.framing();
    }
    return switch (framing) {
      case NONE -> Optional.empty();
      case CONFLUENT -> Optional.of(RegistrySettings.Type.CONFLUENT);
      case GLUE -> Optional.of(RegistrySettings.Type.GLUE);
    };
  }

  /** The same source with other columns. */
  SourcePlan withColumns(StructType columns) {
    return with(format, new RecordSchema(columns, recordSchema.definition()));
  }

  /** The same source for records without a framing, where it would have to ask a registry. */
  SourcePlan withoutRegistry() {
    FormatDefinition plain = format;
    if (format instanceof FormatDefinition.Avro avro) {
      plain =
          new FormatDefinition.Avro(
              avro.schema(), avro.writerSchema(), avro.unknownFields(), Framing.NONE);
    } else if (format instanceof FormatDefinition.Protobuf protobuf) {
      plain =
          new FormatDefinition.Protobuf(
              protobuf.schema(), protobuf.message(), protobuf.unknownFields(), Framing.NONE);
    }
    return with(plain, recordSchema);
  }

  private SourcePlan with(FormatDefinition otherFormat, RecordSchema otherSchema) {
    return new SourcePlan(
        location, name, kafka, otherFormat, otherSchema, eventTime, watermark, registry);
  }
}
