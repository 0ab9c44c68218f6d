/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import com.google.protobuf.ByteString;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * What the schema files of a source say.
 *
 * @param columns the columns that the format gives
 * @param definition what the decoder needs beside them
 */
public record RecordSchema(StructType columns, Definition definition) {
  public RecordSchema {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(definition, "definition");
  }

  /** The schema of a format that needs nothing but its columns. */
  public static RecordSchema of(StructType columns) {
    return new RecordSchema(columns, new Columns());
  }

  /** What a decoder needs beside the columns. */
  public sealed interface Definition {}

  /** Nothing. */
  public record Columns() implements Definition {}

  /**
   * Avro: defaults, aliases and the like.
   *
   * @param reader the schema that the columns come from
   * @param writer the schema that records without a framing were written with; empty: the reader's
   */
  public record Avro(String reader, Optional<String> writer) implements Definition {}

  /**
   * Protobuf: the numbers of the fields.
   *
   * @param files a {@code FileDescriptorSet} with all files, each behind those that it imports
   * @param message the full name of the message that each record holds
   */
  public record Protobuf(ByteString files, String message) implements Definition {}
}
