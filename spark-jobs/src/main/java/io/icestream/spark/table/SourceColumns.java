/* SPDX-License-Identifier: MIT */
package io.icestream.spark.table;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a source has come to while it ran, kept as a property of the pipeline's
 * quarantine table, which every pipeline has. Were it lost, the same payloads would lead to the
 * same columns again.
 */
public final class SourceColumns {
  private final SparkSession spark;
  private final String table;
  private final String property;

  /**
   * @param spark its default catalog has the table
   * @param table the quarantine table
   * @param pipeline the pipeline
   * @param source the source
   */
  public SourceColumns(SparkSession spark, String table, String pipeline, String source) {
    this.spark = spark;
    this.table = table;
    this.property = "icestream." + pipeline + "." + source + ".columns";
  }

  /** The columns; empty if the source has never had others than its schema file's. */
  public Optional<StructType> read() {
    if (!spark.catalog().tableExists(table)) {
      return Optional.empty();
    }
    return spark
        .sql("SHOW TBLPROPERTIES " + TableProvisioning.quoted(table))
        .collectAsList()
        .stream()
        .filter(row -> row.getString(0).equals(property))
        .map(row -> (StructType) DataType.fromJson(row.getString(1)))
        .findFirst();
  }

  /** Keeps the columns. The table exists. */
  public void write(StructType columns) {
    String json = columns.json().replace("\\", "\\\\").replace("'", "\\'");
    spark.sql(
        "ALTER TABLE "
            + TableProvisioning.quoted(table)
            + " SET TBLPROPERTIES ('"
            + property
            + "' = '"
            + json
            + "')");
  }
}
