/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.plan.SourcePlan;
import io.icestream.spark.plan.SourceSchema;
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
  public static SourceSchema schema(FormatDefinition format, Function<String, Path> resolve) {
    SchemaFiles files = new SchemaFiles(resolve);
    if (format instanceof FormatDefinition.Avro avro) {
      return AvroFormat.schema(avro, files);
    }
    if (format instanceof FormatDefinition.Protobuf protobuf) {
      return ProtobufFormat.schema(protobuf, files);
    }
    String text = schemaFile(format).map(files::text).orElse("");
    try {
      return SourceSchema.of(columns(format, text));
    } catch (IllegalArgumentException e) {
      throw SchemaFiles.wrong(schemaFile(format).orElse(""), e);
    }
  }

  /** The path of the schema file that a format needs, as the pipeline file has it. */
  public static Optional<String> schemaFile(FormatDefinition format) {
    if (format instanceof FormatDefinition.Json json) {
      return Optional.of(json.schema());
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
    if (format instanceof FormatDefinition.Text text && text.pattern().isPresent()) {
      return ApacheCombinedDecoder.COLUMNS;
    }
    if (format instanceof FormatDefinition.Json || format instanceof FormatDefinition.Csv) {
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

  static RecordDecoder decoder(FormatDefinition format, StructType columns) {
    if (format instanceof FormatDefinition.Json json) {
      return new JsonDecoder(columns, json.unknownFields() == UnknownFields.REJECT);
    }
    if (format instanceof FormatDefinition.Csv csv) {
      return new CsvDecoder(columns, csv.delimiter());
    }
    return new ApacheCombinedDecoder();
  }
}
