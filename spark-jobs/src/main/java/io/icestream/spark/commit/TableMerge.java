/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rows that change those of a table. */
public sealed interface TableMerge permits KeyedMerge, ChangeMerge {
  /** The rows. */
  Dataset<Row> rows();

  /** Carries it out as one commit of Iceberg. */
  void into(SparkSession spark, String table);
}
