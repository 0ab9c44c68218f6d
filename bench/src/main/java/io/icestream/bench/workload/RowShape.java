/* SPDX-License-Identifier: MIT */
package io.icestream.bench.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/**
 * The columns of a workload, as each system wants to be told them.
 *
 * @param columns in the order of the table, at least one
 * @param time the column that tables are partitioned by, by day
 */
public record RowShape(List<Column> columns, String time) {

  public RowShape {
    columns = List.copyOf(columns);
  }

  /** An Avro schema; fields that are not required are unions with null. */
  public String avro() {
    return columns.stream()
        .map(RowShape::avroField)
        .collect(
            Collectors.joining(
                ",\n    ",
                "{ \"type\": \"record\", \"name\": \"event\", \"fields\": [\n    ",
                " ] }\n"));
  }

  /** Columns as Spark's DDL has them. */
  public String spark() {
    return columns.stream()
        .map(c -> c.name() + " " + c.type().spark())
        .collect(Collectors.joining(", "));
  }

  /** Columns as Flink's DDL has them. */
  public String flink() {
    return columns.stream()
        .map(c -> "`" + c.name() + "` " + c.type().flink())
        .collect(Collectors.joining(", "));
  }

  /** An Iceberg schema in which every column may be null, as tables of streams have it. */
  public Schema iceberg() {
    List<Types.NestedField> fields = new ArrayList<>();
    for (Column column : columns) {
      fields.add(
          Types.NestedField.optional(fields.size() + 1, column.name(), column.type().iceberg()));
    }
    return new Schema(fields);
  }

  private static String avroField(Column column) {
    String type = column.type().avro();
    return column.required()
        ? "{ \"name\": \"" + column.name() + "\", \"type\": " + type + " }"
        : "{ \"name\": \""
            + column.name()
            + "\", \"type\": [\"null\", "
            + type
            + "], \"default\": null }";
  }
}
