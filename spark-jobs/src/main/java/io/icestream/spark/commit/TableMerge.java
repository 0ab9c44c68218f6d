/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import org.apache.spark.sql.SparkSession;

/** Rows that change those of a table. */
public sealed interface TableMerge permits KeyedMerge, ChangeMerge {
  /** Carries it out as one commit of Iceberg. */
  void into(SparkSession spark, String table);
}
