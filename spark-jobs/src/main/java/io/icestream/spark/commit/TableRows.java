/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.schema.ColumnDifference;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Rows in the columns of their table. A table may have columns that the pipeline does not write,
 * because its owner or an earlier version of the pipeline added them: they are null in new rows.
 */
final class TableRows {
  private TableRows() {}

  /**
   * Fits rows to a table.
   *
   * @param rows the rows
   * @param sink the table
   * @throws IllegalStateException if the table lacks a column or has one of another type: it has
   *     been altered since the pipeline started
   */
  static Dataset<Row> of(Dataset<Row> rows, String sink) {
    return of(rows, sink, rows.sparkSession().table(sink).schema());
  }

  /** As {@link #of(Dataset, String)}, for a table whose columns are known. */
  static Dataset<Row> of(Dataset<Row> rows, String sink, StructType columns) {
    ColumnDifference difference = ColumnDifference.between(columns.asNullable(), rows.schema());
    if (!difference.isNone()) {
      throw new IllegalStateException(
          "The rows do not fit table " + sink + ": " + difference.describe());
    }
    return rows.to(columns.asNullable());
  }
}
