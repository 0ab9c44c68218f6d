/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.icestream.model.SinkDefinition.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What the tables of a sink have as elements. */
final class Elements {
  private Elements() {}

  /** The rows of a sink's table. */
  static Dataset<Row> ofRows(Dataset<Row> table, ChangeTable layout) {
    List<String> names = Arrays.asList(table.columns());
    List<Column> data = new ArrayList<>();
    for (StructField field : layout.shape().data().fields()) {
      // The rest of a row that is only compared need not be read
      boolean read = layout.sink().mode() == Mode.CDC || layout.sink().key().contains(field.name());
      data.add(optional(names, field.name(), read).cast(field.dataType()).as(field.name()));
    }
    return table.select(
        typed(
            new Column[] {
              struct(data.toArray(Column[]::new)),
              layout.orderOfRow(),
              kafka(names),
              lit(Element.STORED),
              lit(false),
              optional(names, ChangeTable.VALID_FROM, true),
              optional(names, ChangeTable.FILLED, true),
              optional(names, ChangeTable.VALID_TO, true),
              coalesce(optional(names, ChangeTable.DELETED, true), lit(false))
            },
            layout.elements()));
  }

  /** The deletions that a sink remembers. */
  static Dataset<Row> ofDeletions(Dataset<Row> table, ChangeTable layout) {
    List<String> names = Arrays.asList(table.columns());
    List<Column> data = new ArrayList<>();
    for (StructField field : layout.shape().data().fields()) {
      boolean key = layout.sink().key().contains(field.name());
      data.add(optional(names, field.name(), key).cast(field.dataType()).as(field.name()));
    }
    return table.select(
        typed(
            new Column[] {
              struct(data.toArray(Column[]::new)),
              optional(names, ChangeTable.POSITION, true),
              kafka(names),
              lit(Element.STORED_DELETION),
              lit(false),
              col(ChangeTable.DELETED_AT),
              lit(null),
              lit(null),
              lit(false)
            },
            layout.elements()));
  }

  static Column[] typed(Column[] values, StructType types) {
    Column[] typed = new Column[values.length];
    for (int i = 0; i < values.length; i++) {
      StructField field = types.fields()[i];
      typed[i] = values[i].cast(field.dataType()).as(field.name());
    }
    return typed;
  }

  private static Column kafka(List<String> names) {
    return struct(
        col("kafka_topic").as("topic"),
        col("kafka_partition").as("partition"),
        col("kafka_offset").as("offset"),
        col("kafka_timestamp").as("timestamp"),
        optional(names, "kafka_line", true).cast("int").as("line"));
  }

  /** A column, or null where the table has none of the name or it is not wanted. */
  private static Column optional(List<String> names, String name, boolean wanted) {
    return wanted && names.contains(name) ? Changes.column(name) : lit(null);
  }
}
