/* SPDX-License-Identifier: MIT */
package io.icestream.spark.schema;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.types.DataType;

/**
 * One change to a source's columns that payloads ask for. Only changes that every Iceberg table can
 * follow without rewriting a file, and that no reader of the table notices.
 */
public sealed interface SchemaChange extends Serializable {

  /** Names from the outside in; {@link ColumnPath#ITEM} and {@link ColumnPath#VALUE} among them. */
  ColumnPath path();

  /**
   * A field that is no column yet.
   *
   * @param path the field
   * @param type the type of the values that were seen
   */
  record Added(ColumnPath path, DataType type) implements SchemaChange {
    public Added {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(type, "type");
    }

    @Override
    public String toString() {
      return "column '" + path + "' " + type.simpleString() + " added";
    }
  }

  /**
   * A column whose type is too small for a value.
   *
   * @param path the column
   * @param type the smallest type that holds what was seen
   */
  record Widened(ColumnPath path, DataType type) implements SchemaChange {
    public Widened {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(type, "type");
    }

    @Override
    public String toString() {
      return "column '" + path + "' widened to " + type.simpleString();
    }
  }

  /**
   * A required column that was absent or null.
   *
   * @param path the column
   */
  record MadeOptional(ColumnPath path) implements SchemaChange {
    public MadeOptional {
      Objects.requireNonNull(path, "path");
    }

    @Override
    public String toString() {
      return "column '" + path + "' made optional";
    }
  }

  /** Changes in an order that applies: what holds other columns comes before them. */
  static List<SchemaChange> inOrder(List<SchemaChange> changes) {
    return changes.stream()
        .sorted(Comparator.comparing(change -> change.path().toString()))
        .toList();
  }
}
