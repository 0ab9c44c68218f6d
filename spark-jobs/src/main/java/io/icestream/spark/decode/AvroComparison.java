/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * What Avro's schema resolution does not look at: logical types that give the same number another
 * meaning, and fields that only the writer has.
 *
 * @param conflicts descriptions of values that would change if they were read; a record with any of
 *     them has to be rejected
 * @param unknown paths of fields that the writer has and the reader has not
 */
record AvroComparison(List<String> conflicts, List<String> unknown) {

  /**
   * Compares schemas.
   *
   * @param writer any schema, its names replaced by those that the reader has aliases for
   * @param reader the reader's schema; does not contain itself
   */
  static AvroComparison of(Schema writer, Schema reader) {
    AvroComparison comparison = new AvroComparison(new ArrayList<>(), new ArrayList<>());
    comparison.compare(writer, reader, "");
    return comparison;
  }

  private void compare(Schema writer, Schema reader, String path) {
    if (writer.isUnion() || reader.isUnion()) {
      for (Schema written : branches(writer)) {
        for (Schema read : branches(reader)) {
          compare(written, read, path);
        }
      }
      return;
    }
    compareMeaning(writer, reader, path);
    if (writer.getType() != reader.getType()) {
      return;
    }
    switch (reader.getType()) {
      case RECORD -> compareFields(writer, reader, path);
      case ARRAY -> compare(writer.getElementType(), reader.getElementType(), path + "[]");
      case MAP -> compare(writer.getValueType(), reader.getValueType(), path + "{}");
      default -> {
        // Everything else has no parts
      }
    }
  }

  private void compareFields(Schema writer, Schema reader, String path) {
    for (Schema.Field field : writer.getFields()) {
      String fieldPath = path.isEmpty() ? field.name() : path + "." + field.name();
      Schema.Field known = reader.getField(field.name());
      if (known == null) {
        unknown.add(fieldPath);
      } else {
        compare(field.schema(), known.schema(), fieldPath);
      }
    }
  }

  private void compareMeaning(Schema writer, Schema reader, String path) {
    String written = meaning(writer);
    String read = meaning(reader);
    if (read != null && written != null && !read.equals(written)) {
      conflicts.add(path + ": was written as " + written + ", the schema has " + read);
    }
  }

  /** What makes the same number another value; null if nothing does. */
  private static String meaning(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return "decimal with a scale of " + decimal.getScale();
    }
    boolean number = schema.getType() == Schema.Type.INT || schema.getType() == Schema.Type.LONG;
    return logical != null && number ? logical.getName() : null;
  }

  private static List<Schema> branches(Schema schema) {
    return schema.isUnion() ? schema.getTypes() : List.of(schema);
  }
}
