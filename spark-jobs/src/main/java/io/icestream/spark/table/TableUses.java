/* SPDX-License-Identifier: MIT */
package io.icestream.spark.table;

import io.icestream.spark.plan.TableUse;
import org.apache.spark.sql.SparkSession;

/** Keeps with each table what its rows mean to the pipeline. */
public final class TableUses {
  private TableUses() {}

  /**
   * Keeps the use of a table that exists, unless it is kept already.
   *
   * @param spark its default catalog has the table
   * @param pipeline the pipeline
   * @param sink the table
   * @param use what its rows mean
   */
  public static void keep(SparkSession spark, String pipeline, String sink, TableUse use) {
    TableProperty property = new TableProperty(spark, sink, TableUse.property(pipeline, sink));
    if (property.read().filter(use.json()::equals).isEmpty()) {
      property.write(use.json());
    }
  }
}
