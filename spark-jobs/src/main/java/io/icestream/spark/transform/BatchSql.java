/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import io.icestream.spark.decode.DecodedColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** A checked step over the views of a batch. */
public final class BatchSql {
  private BatchSql() {}

  /** The rows of a row step, with {@link DecodedColumns#SOURCE} as the last column. */
  public static Dataset<Row> rows(SparkSession spark, String sql) {
    return HiddenSource.carry(spark.sql(sql));
  }

  /** {@link DecodedColumns#SOURCE} of the rows that a window step groups. */
  public static Dataset<Row> grouped(SparkSession spark, String sql) {
    LogicalPlan step = Plans.withoutAliases(spark.sql(sql).queryExecution().analyzed());
    return HiddenSource.only(spark, step.children().head());
  }

  /** The groups of a window step. */
  public static WindowAggregate window(SparkSession spark, String sql) {
    List<String> problems = new ArrayList<>();
    return WindowAggregate.of(spark.sql(sql), problems)
        .orElseThrow(() -> new IllegalStateException("A checked step is wrong: " + problems));
  }
}
