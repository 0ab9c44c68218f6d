/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.Layout;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.plan.RecordSchema;
import io.icestream.spark.plan.SourcePlan;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.types.StructType;

/** The formats: which columns each gives, and the decoder that fills them. */
public final class Formats {
  private Formats() {}

  /**
   * Reads the schema files of a format.
   *
   * @param format the format
   * @param resolve finds a file that the pipeline file names
   * @throws IllegalArgumentException if a file cannot be read, is no schema of its kind or has a
   *     type that no column can have; the message says which, and is a whole sentence
   */
  public static RecordSchema schema(FormatDefinition format, Function<String, Path> resolve) {
    SchemaFiles files = new SchemaFiles(resolve);
    if (format instanceof FormatDefinition.Avro avro) {
      return AvroFormat.schema(avro, files);
    }
    if (format instanceof FormatDefinition.Protobuf protobuf) {
      return ProtobufFormat.schema(protobuf, files);
    }
    requireUndivided(format);
    String text = schemaFile(format).map(files::text).orElse("");
    try {
      return RecordSchema.of(columns(format, text));
    } catch (IllegalArgumentException e) {
      throw SchemaFiles.wrong(schemaFile(format).orElse(""), e);
    }
  }

  /** A framing stands before a record, and may have line breaks in it. */
  private static void requireUndivided(FormatDefinition format) {
    if (format instanceof FormatDefinition.Json json
        && json.framing() != Framing.NONE
        && json.layout() == Layout.LINES) {
      throw new IllegalArgumentException(
          "Format json has 'layout: lines' and a 'framing'; a framing is before a single document."
              + " Leave one of them out.");
    }
  }

  /** The path of the schema file that a format needs, as the pipeline file has it. */
  public static Optional<String> schemaFile(FormatDefinition format) {
    if (format instanceof FormatDefinition.Json json) {
      return Optional.of(json.schema());
    }
    if (format instanceof FormatDefinition.Text text) {
      return text.schema();
    }
    if (format instanceof FormatDefinition.Debezium debezium) {
      return Optional.of(debezium.schema());
    }
    return format instanceof FormatDefinition.Csv csv
        ? Optional.of(csv.schema())
        : Optional.empty();
  }

  /**
   * The columns that a format gives.
   *
   * @param format the format
   * @param schemaText the content of its schema file; ignored by formats without one
   * @throws IllegalArgumentException if the text is no Avro record schema or has a type that no
   *     column can have; the message says which
   */
  public static StructType columns(FormatDefinition format, String schemaText) {
    if (format instanceof FormatDefinition.Text text) {
      return text.regex().isPresent()
          ? RegexDecoder.columns(
              text.regex().get(), text.schema().map(file -> AvroColumns.of(schemaText)))
          : CombinedLogDecoder.COLUMNS;
    }
    if (format instanceof FormatDefinition.Csv csv) {
      return CsvDecoder.columns(AvroColumns.of(schemaText), csv.header());
    }
    if (format instanceof FormatDefinition.Debezium) {
      return DebeziumColumns.of(AvroColumns.of(schemaText));
    }
    if (format instanceof FormatDefinition.Raw raw) {
      return RawDecoder.columns(raw.as());
    }
    if (format instanceof FormatDefinition.Json) {
      return AvroColumns.of(schemaText);
    }
    throw new IllegalArgumentException("belongs to a format that is not there yet: " + format);
  }

  static RecordDecoder decoder(SourcePlan source) {
    if (source.format() instanceof FormatDefinition.Avro avro) {
      return AvroFormat.decoder(avro, source);
    }
    if (source.format() instanceof FormatDefinition.Protobuf protobuf) {
      return ProtobufFormat.decoder(protobuf, source);
    }
    RecordDecoder decoder = decoder(source.format(), source.schema());
    if (source.format() instanceof FormatDefinition.Json json && json.framing() != Framing.NONE) {
      return new FramedDecoder(json.framing(), decoder);
    }
    return decoder;
  }

  /** Whether a format's columns may change while the pipeline runs. */
  public static boolean isEvolving(FormatDefinition format) {
    UnknownFields policy = UnknownFields.IGNORE;
    if (format instanceof FormatDefinition.Json json) {
      policy = json.unknownFields();
    } else if (format instanceof FormatDefinition.Avro avro) {
      policy = avro.unknownFields();
    } else if (format instanceof FormatDefinition.Debezium debezium) {
      policy = debezium.unknownFields();
    }
    return policy == UnknownFields.EVOLVE;
  }

  static RecordDecoder decoder(FormatDefinition format, StructType columns) {
    if (format instanceof FormatDefinition.Json json) {
      return new JsonDecoder(columns, json.unknownFields());
    }
    if (format instanceof FormatDefinition.Csv csv) {
      return new CsvDecoder(columns, csv.delimiter(), csv.header());
    }
    if (format instanceof FormatDefinition.Text text) {
      return text.regex().isPresent()
          ? new RegexDecoder(columns, text.regex().get())
          : new CombinedLogDecoder(LogEscapes.of(text.pattern().orElseThrow()));
    }
    if (format instanceof FormatDefinition.Debezium debezium) {
      return new DebeziumDecoder(columns, debezium.unknownFields());
    }
    if (format instanceof FormatDefinition.Raw raw) {
      return new RawDecoder(raw.as());
    }
    throw new IllegalArgumentException("Format is not there yet: " + format);
  }
}
