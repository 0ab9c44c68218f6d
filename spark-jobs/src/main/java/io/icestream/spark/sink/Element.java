/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Something that is known of a key: a row or a deletion that the tables have, or a change that the
 * batch brings.
 */
final class Element {
  static final int STORED = 0;
  static final int STORED_DELETION = 1;
  static final int UPSERT = 2;
  static final int DELETE = 3;
  static final int TOMBSTONE = 4;

  static final StructType KAFKA =
      new StructType()
          .add("topic", DataTypes.StringType)
          .add("partition", DataTypes.IntegerType)
          .add("offset", DataTypes.LongType)
          .add("timestamp", DataTypes.TimestampType)
          .add("line", DataTypes.IntegerType);

  private final Row row;
  private final Position position;
  private final Map<String, Optional<Position>> unknown = new HashMap<>();

  Element(Row row) {
    this.row = row;
    this.position = Position.of(order(), kafka());
    if (!row.isNullAt(6)) {
      for (Row filled : row.<Row>getList(6)) {
        unknown.put(filled.getString(0), filledFrom(filled));
      }
    }
  }

  /**
   * The columns of an element.
   *
   * @param data columns of the row itself
   * @param order the declared order; may have no fields
   */
  static StructType columns(StructType data, StructType order) {
    return new StructType()
        .add("_data", data)
        .add("_order", orderType(order))
        .add("_kafka", KAFKA)
        .add("_kind", DataTypes.IntegerType)
        .add("_counted", DataTypes.BooleanType)
        .add("_time", DataTypes.TimestampType)
        .add("_filled", DataTypes.createArrayType(filled(order)))
        .add("_ended", DataTypes.TimestampType)
        .add("_dead", DataTypes.BooleanType);
  }

  /** A struct needs a field; where there is no order, it is null. */
  static StructType orderType(StructType order) {
    return order.size() > 0 ? order : new StructType().add("none", DataTypes.BooleanType);
  }

  /** A column whose value comes from an earlier change, and that change's position. */
  static StructType filled(StructType order) {
    StructType filled = new StructType().add("column", DataTypes.StringType);
    if (order.size() > 0) {
      filled = filled.add("order", order);
    }
    return filled
        .add("partition", DataTypes.IntegerType)
        .add("offset", DataTypes.LongType)
        .add("line", DataTypes.IntegerType);
  }

  Row data() {
    return row.getStruct(0);
  }

  /** The declared order; null if there is none. */
  Row order() {
    return row.isNullAt(1) ? null : row.getStruct(1);
  }

  Row kafka() {
    return row.getStruct(2);
  }

  int kind() {
    return row.getInt(3);
  }

  /** Whether it stands for a row of the ledger. */
  boolean isCounted() {
    return row.getBoolean(4);
  }

  /** When it happened, for people. */
  Timestamp time() {
    return row.getTimestamp(5);
  }

  /** When the version was known to end; null if it was not. */
  Timestamp ended() {
    return row.getTimestamp(7);
  }

  /** Whether it is a row that is marked as deleted. */
  boolean isDead() {
    return row.getBoolean(8);
  }

  /** Whether the tables have it. */
  boolean isStored() {
    return kind() == STORED || kind() == STORED_DELETION;
  }

  boolean isDeletion() {
    return kind() == DELETE || kind() == TOMBSTONE || kind() == STORED_DELETION;
  }

  Position position() {
    return position;
  }

  /** The columns that it does not tell, with the change that their values come from, if any. */
  Map<String, Optional<Position>> unknown() {
    return unknown;
  }

  /** The values of some columns. */
  List<Object> values(int[] columns) {
    List<Object> values = new ArrayList<>(columns.length);
    for (int column : columns) {
      values.add(data().get(column));
    }
    return values;
  }

  private static Optional<Position> filledFrom(Row filled) {
    int at = filled.size() - 3;
    if (filled.isNullAt(at)) {
      return Optional.empty();
    }
    Row order = at == 1 || filled.isNullAt(1) ? null : filled.getStruct(1);
    return Optional.of(
        new Position(order, filled.getInt(at), filled.getLong(at + 1), filled.getInt(at + 2)));
  }
}
