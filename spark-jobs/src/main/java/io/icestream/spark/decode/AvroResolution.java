/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.spark.schema.SchemaChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Reads what one writer's schema wrote as the reader's schema has it. Not thread-safe. */
final class AvroResolution {
  private final ResolvingDecoder resolving;
  private final AvroBytes bytes = new AvroBytes();
  private final AvroRecord fields;
  private final List<String> unknown;
  private final Rejection refusal;
  private final List<SchemaChange> changes;

  /**
   * @param fields reads the fields of the reader's schema
   * @param rejectUnknown whether records are rejected if the writer has fields that the reader has
   *     not
   */
  AvroResolution(Schema writer, Schema reader, AvroRecord fields, boolean rejectUnknown) {
    this(writer, reader, fields, List.of(), comparison -> refusal(comparison, rejectUnknown));
  }

  private AvroResolution(
      Schema writer,
      Schema reader,
      AvroRecord fields,
      List<SchemaChange> changes,
      Function<AvroComparison, Rejection> refusal) {
    this.fields = fields;
    this.changes = changes;
    Schema renamed = Schema.applyAliases(writer, reader);
    try {
      this.resolving = DecoderFactory.get().resolvingDecoder(renamed, reader, null);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be resolved: " + e.getMessage(), e);
    }
    AvroComparison comparison = AvroComparison.of(renamed, reader);
    this.unknown = comparison.unknown();
    this.refusal = refusal.apply(comparison);
  }

  /**
   * Reads into columns that follow their writers. Records are rejected as long as the columns have
   * not followed; {@link #changes} says what they need.
   *
   * @param writer the writer's schema
   * @param file the schema of the file
   * @param columns the columns as they are now
   */
  static AvroResolution evolving(Schema writer, Schema file, StructType columns) {
    Schema renamed = Schema.applyAliases(writer, file);
    AvroEvolution evolution;
    try {
      evolution = new AvroEvolution(file, renamed, columns);
    } catch (IllegalArgumentException e) {
      // Nothing can follow a writer with a field that no column can hold
      return new AvroResolution(writer, file, new AvroRecord(file, ""), true);
    }
    return new AvroResolution(
        renamed,
        evolution.reader(),
        new AvroRecord(evolution.reader(), ""),
        evolution.changes(),
        comparison -> refusal(comparison, evolution));
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

  /** What the columns would have to follow for the records of this writer to be read. */
  List<SchemaChange> changes() {
    return changes;
  }

  private static Rejection refusal(AvroComparison comparison, AvroEvolution evolution) {
    List<String> conflicts = new ArrayList<>(comparison.conflicts());
    conflicts.addAll(evolution.conflicts());
    if (!conflicts.isEmpty()) {
      return new Rejection("incompatible_schema", String.join("; ", conflicts));
    }
    if (evolution.changes().isEmpty()) {
      return null;
    }
    boolean onlyNew = evolution.changes().stream().allMatch(SchemaChange.Added.class::isInstance);
    return new Rejection(
        onlyNew ? "unknown_field" : "incompatible_schema",
        "The writer's schema needs what could not be done: "
            + evolution.changes().stream()
                .map(SchemaChange::toString)
                .collect(Collectors.joining(", ")));
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
