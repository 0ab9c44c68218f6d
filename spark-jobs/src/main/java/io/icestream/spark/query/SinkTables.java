/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.TableSpec;
import io.icestream.spark.sink.SinkWrite;
import io.icestream.spark.transform.StepGraph;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** The tables that a pipeline writes, as it wants them. */
public final class SinkTables {
  private SinkTables() {}

  /**
   * The tables of the sinks in the order of the file, then the quarantine table.
   *
   * @param plan what runs
   * @param graph its steps
   */
  public static List<TableSpec> of(QueryPlan plan, StepGraph graph) {
    List<TableSpec> tables = new ArrayList<>();
    SinkWrite.all(plan, graph).forEach(write -> tables.addAll(write.tables()));
    tables.add(QuarantineRows.table(plan.quarantineTable()));
    return tables;
  }

  /**
   * The same, with the tables that sinks with {@code route_by} have come to; these are before the
   * quarantine table.
   *
   * @param spark has the tables in its catalog
   * @param plan what runs
   * @param graph its steps
   */
  public static List<TableSpec> present(SparkSession spark, QueryPlan plan, StepGraph graph) {
    List<TableSpec> tables = new ArrayList<>(of(plan, graph));
    tables.addAll(tables.size() - 1, RoutedTables.specs(spark, plan, graph));
    return tables;
  }
}
