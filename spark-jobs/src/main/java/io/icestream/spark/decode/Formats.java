/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.FormatDefinition;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/** The formats: which columns each gives, and the decoder that fills them. */
public final class Formats {
  private Formats() {}

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

  /** Whether a format's columns may change while the pipeline runs. */
  public static boolean isEvolving(FormatDefinition format) {
    return format instanceof FormatDefinition.Json json
        && json.unknownFields() == FormatDefinition.UnknownFields.EVOLVE;
  }

  static RecordDecoder decoder(FormatDefinition format, StructType columns) {
    if (format instanceof FormatDefinition.Json json) {
      return new JsonDecoder(columns, json.unknownFields());
    }
    if (format instanceof FormatDefinition.Csv csv) {
      return new CsvDecoder(columns, csv.delimiter());
    }
    return new ApacheCombinedDecoder();
  }
}
