/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import java.sql.Timestamp;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What is to be done to a row of the tables, with its share of the ledger. Actions are names, since
 * they are compared in SQL.
 */
final class Outcome {
  static final String INSERT = "insert";
  static final String UPDATE = "update";
  static final String DELETE = "delete";

  /** A deletion that has to be remembered. */
  static final String REMEMBER = "remember";

  /** Nothing is done, but counted. */
  static final String NONE = "none";

  private Outcome() {}

  static StructType columns(StructType data, StructType order) {
    return new StructType()
        .add("_action", DataTypes.StringType)
        .add("_written", DataTypes.LongType)
        .add("_updated", DataTypes.LongType)
        .add("_deduplicated", DataTypes.LongType)
        .add("_data", data)
        .add("_order", Element.orderType(order))
        .add("_kafka", Element.KAFKA)
        .add("_filled", DataTypes.createArrayType(Element.filled(order)))
        .add(ChangeTable.DELETED, DataTypes.BooleanType)
        .add(ChangeTable.VALID_FROM, DataTypes.TimestampType)
        .add(ChangeTable.VALID_TO, DataTypes.TimestampType);
  }

  /** Rows of the ledger and nothing to do. */
  static Row counted(long written, long updated, long deduplicated) {
    return RowFactory.create(
        NONE, written, updated, deduplicated, null, null, null, null, null, null, null);
  }

  static Row remembered(Element deletion) {
    return RowFactory.create(
        REMEMBER,
        0L,
        0L,
        0L,
        deletion.data(),
        deletion.order(),
        deletion.kafka(),
        null,
        true,
        deletion.time(),
        null);
  }

  /** A row that becomes this version, or is removed. */
  static Row of(String action, Version version, StructType order, Timestamp from, Timestamp to) {
    List<Row> filled = version.filledColumns(order);
    Element element = version.element();
    return RowFactory.create(
        action,
        0L,
        0L,
        0L,
        version.isPresent() ? version.data() : element.data(),
        element.order(),
        element.kafka(),
        filled == null ? null : filled.toArray(Row[]::new),
        version.isMarked(),
        from,
        to);
  }
}
