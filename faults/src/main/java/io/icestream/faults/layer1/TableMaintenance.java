/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/** Iceberg's maintenance by somebody who knows nothing of the pipeline. */
final class TableMaintenance {
  private final SparkSession spark;
  private final Catalog catalog;

  /**
   * @param spark runs the actions
   * @param catalog gives the tables, without what the pipeline adds to them
   */
  TableMaintenance(SparkSession spark, Catalog catalog) {
    this.spark = spark;
    this.catalog = catalog;
  }

  /** Makes larger files of all files of a table. */
  void compact(String table) {
    var unused =
        SparkActions.get(spark)
            .rewriteDataFiles(load(table))
            .option("rewrite-all", "true")
            .execute();
  }

  /** Removes all snapshots of a table but the newest. */
  void expire(String table) {
    load(table)
        .expireSnapshots()
        .expireOlderThan(System.currentTimeMillis() + 1)
        .retainLast(1)
        .commit();
  }

  /** Removes the files of a table that nothing refers to, however young they are. */
  void removeOrphans(String table) {
    var unused =
        SparkActions.get(spark)
            .deleteOrphanFiles(load(table))
            .olderThan(System.currentTimeMillis() + 1)
            .execute();
  }

  private Table load(String table) {
    return catalog.loadTable(TableIdentifier.parse(table));
  }
}
