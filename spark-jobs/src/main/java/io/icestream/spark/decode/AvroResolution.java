/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Reads what one writer's schema wrote as the reader's schema has it. Not thread-safe. */
final class AvroResolution {
  private final Schema writer;
  private final ResolvingDecoder resolving;
  private final AvroBytes bytes = new AvroBytes();
  private final AvroRecord fields;
  private final List<String> unknown;
  private final Rejection refusal;

  /**
   * @param fields reads the fields of the reader's schema
   * @param rejectUnknown whether records are rejected if the writer has fields that the reader has
   *     not
   */
  AvroResolution(Schema writer, Schema reader, AvroRecord fields, boolean rejectUnknown) {
    this.writer = writer;
    this.fields = fields;
    Schema renamed = Schema.applyAliases(writer, reader);
    try {
      this.resolving = DecoderFactory.get().resolvingDecoder(renamed, reader, null);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be resolved: " + e.getMessage(), e);
    }
    AvroComparison comparison = AvroComparison.of(renamed, reader);
    this.unknown = comparison.unknown();
    this.refusal = refusal(comparison, rejectUnknown);
  }

  /**
   * Reads a value.
   *
   * @throws Rejection if the value is broken, or if the reader's schema cannot hold it
   */
  void read(ByteBuffer value, InternalRow row) throws Rejection {
    if (refusal != null) {
      throw refusal;
    }
    try {
      bytes.reset(value);
      resolving.configure(bytes);
      fields.fill(resolving, row);
      resolving.drain();
    } catch (IOException | IndexOutOfBoundsException e) {
      // Avro does not check the branch of a union before it takes it
      throw new Rejection("malformed_avro", e.getMessage());
    } catch (AvroRuntimeException e) {
      throw new Rejection("incompatible_schema", e.getMessage());
    }
    if (bytes.remaining() > 0) {
      throw new Rejection(
          "malformed_avro", "There are " + bytes.remaining() + " bytes after the record");
    }
  }

  /** Paths of the fields that are left out, since the reader has not got them. */
  List<String> unknown() {
    return unknown;
  }

  /** The columns that the writer's schema has; empty if no columns can hold it. */
  Optional<StructType> writerColumns() {
    try {
      return Optional.of(AvroColumns.of(writer));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Rejection refusal(AvroComparison comparison, boolean rejectUnknown) {
    if (!comparison.conflicts().isEmpty()) {
      return new Rejection("incompatible_schema", String.join("; ", comparison.conflicts()));
    }
    if (rejectUnknown && !comparison.unknown().isEmpty()) {
      return new Rejection(
          "unknown_field",
          String.join(", ", comparison.unknown()) + ": the schema has no such field");
    }
    return null;
  }
}
