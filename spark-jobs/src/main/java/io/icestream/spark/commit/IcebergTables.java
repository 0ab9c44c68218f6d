/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.Spark3Util.CatalogAndIdentifier;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import org.apache.spark.sql.connector.catalog.CatalogPlugin;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.internal.SQLConf;

/** Tables of a session's catalog, as commits meet them. */
public final class IcebergTables {
  private IcebergTables() {}

  /**
   * The newest state of a table.
   *
   * @throws PipelineFailure if it does not exist
   */
  public static Table load(SparkSession spark, String table) {
    // Not the default of the session that the thread happens to have, which Iceberg would take
    CatalogManager catalogs = spark.sessionState().catalogManager();
    CatalogPlugin catalog = catalogs.catalog(spark.conf().get(SQLConf.DEFAULT_CATALOG().key()));
    try {
      CatalogAndIdentifier place = Spark3Util.catalogAndIdentifier(spark, table, catalog);
      return Spark3Util.toIcebergTable(
          ((TableCatalog) place.catalog()).loadTable(place.identifier()));
    } catch (NoSuchTableException | ParseException e) {
      throw missing(table, e);
    }
  }

  /** What the newest state of a table tells. */
  static TableHistory history(SparkSession spark, String table) {
    return TableHistory.of(load(spark, table));
  }

  /** Appends rows; columns that only the table has become null. */
  static void append(SparkSession spark, String table, Dataset<Row> rows) {
    Table target = load(spark, table);
    FileAppend.append(target, TableRows.of(rows, table, SparkSchemaUtil.convert(target.schema())));
  }

  /** Appends rows that are in files of the table already. */
  static void append(SparkSession spark, String table, List<DataFile> files) {
    FileAppend.append(load(spark, table), files);
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
