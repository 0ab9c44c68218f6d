/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** Tables of a session's catalog, as commits meet them. */
final class IcebergTables {
  private IcebergTables() {}

  /**
   * The newest state of a table.
   *
   * @throws PipelineFailure if it does not exist
   */
  static Table load(SparkSession spark, String table) {
    try {
      return Spark3Util.loadIcebergTable(spark, table);
    } catch (NoSuchTableException | ParseException e) {
      throw missing(table, e);
    }
  }

  /** What the newest state of a table tells. */
  static TableHistory history(SparkSession spark, String table) {
    return TableHistory.of(load(spark, table));
  }

  /** Appends rows; columns that only the table has become null. */
  static void append(String table, Dataset<Row> rows) {
    try {
      TableRows.of(rows, table).writeTo(table).append();
    } catch (AnalysisException e) {
      if (rows.sparkSession().catalog().tableExists(table)) {
        throw new IllegalStateException("The rows do not fit table " + table, e);
      }
      throw missing(table, e);
    }
  }

  /** Makes a snapshot that adds nothing, for what its summary says. */
  static void appendNothing(SparkSession spark, String table) {
    load(spark, table).newFastAppend().commit();
  }

  private static PipelineFailure missing(String table, Exception cause) {
    return new PipelineFailure(
        Kind.UNAVAILABLE,
        "Table '"
            + table
            + "' has gone while the pipeline was running. Restore it, or start the"
            + " pipeline again to create it.",
        cause);
  }
}
