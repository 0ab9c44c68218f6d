/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.apache.spark.sql.functions.col;

import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.files.RowLayout;
import io.icestream.spark.plan.SourcePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows as an append sink stores them: the step's columns, then the Kafka position that each row
 * comes from ({@code kafka_topic}, {@code kafka_partition}, {@code kafka_offset}, {@code
 * kafka_timestamp}, and {@code kafka_line} where each line of a record is a row), so that a table
 * can be checked against its topic row by row.
 */
public final class AppendRows {
  private static final List<String> RECORD = List.of("topic", "partition", "offset", "timestamp");
  private static final List<String> LINE =
      List.of("topic", "partition", "offset", "timestamp", "line");

  private AppendRows() {}

  /**
   * Makes stored rows.
   *
   * @param rows rows of a step or source, with {@link DecodedColumns#SOURCE}
   * @param source what they come from
   */
  public static Dataset<Row> of(Dataset<Row> rows, SourcePlan source) {
    List<Column> columns = new ArrayList<>();
    for (String name : rows.columns()) {
      if (!name.equals(DecodedColumns.SOURCE)) {
        columns.add(col("`" + name.replace("`", "``") + "`"));
      }
    }
    for (String part : position(source)) {
      columns.add(col(DecodedColumns.SOURCE).getField(part).as("kafka_" + part));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  /** The columns of the table for rows of these columns, which come from this source. */
  public static StructType columns(StructType rows, SourcePlan source) {
    StructType stored = rows;
    for (String part : position(source)) {
      stored = stored.add("kafka_" + part, DecodedColumns.SOURCE_TYPE.apply(part).dataType());
    }
    return stored;
  }

  /**
   * Where rows have the columns of a table while they are decoded.
   *
   * @param table the columns of the table
   * @param source what the rows come from
   * @return empty if the rows do not fit the table as they are
   */
  static Optional<RowLayout> whileDecoded(StructType table, SourcePlan source) {
    StructType rows = source.schema().asNullable();
    StructType stored = columns(rows, source).asNullable();
    int[] ordinals = new int[table.length()];
    int found = 0;
    for (int i = 0; i < ordinals.length; i++) {
      StructField column = table.asNullable().fields()[i];
      int at = List.of(stored.fieldNames()).indexOf(column.name());
      if (at < 0) {
        ordinals[i] = RowLayout.ABSENT;
      } else if (!stored.fields()[at].dataType().equals(column.dataType())) {
        return Optional.empty();
      } else {
        found++;
        ordinals[i] =
            at < rows.length()
                ? at
                : DecodedColumns.atHand(rows.length(), position(source).get(at - rows.length()));
      }
    }
    return found == stored.length()
        ? Optional.of(new RowLayout(table, ordinals))
        : Optional.empty();
  }

  private static List<String> position(SourcePlan source) {
    return source.hasLines() ? LINE : RECORD;
  }
}
