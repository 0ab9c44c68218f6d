/* SPDX-License-Identifier: MIT */
package io.icestream.spark.table;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** A property of a table, in which the pipeline keeps something of its own. */
final class TableProperty {
  private final SparkSession spark;
  private final String table;
  private final String key;

  /**
   * @param spark its default catalog has the table
   * @param table namespace and name, joined by a dot
   * @param key the property
   */
  TableProperty(SparkSession spark, String table, String key) {
    this.spark = spark;
    this.table = table;
    this.key = key;
  }

  /** The value; empty if it has never been written, or if the table does not exist. */
  Optional<String> read() {
    if (!spark.catalog().tableExists(table)) {
      return Optional.empty();
    }
    return spark
        .sql("SHOW TBLPROPERTIES " + TableProvisioning.quoted(table))
        .collectAsList()
        .stream()
        .filter(row -> row.getString(0).equals(key))
        .map(row -> row.getString(1))
        .findFirst();
  }

  /** Keeps a value. The table exists. */
  void write(String value) {
    spark.sql(
        "ALTER TABLE "
            + TableProvisioning.quoted(table)
            + " SET TBLPROPERTIES ('"
            + key
            + "' = '"
            + value.replace("\\", "\\\\").replace("'", "\\'")
            + "')");
  }
}
