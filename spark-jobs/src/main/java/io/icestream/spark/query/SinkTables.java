/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.TableSpec;
import io.icestream.spark.sink.SinkWrite;
import io.icestream.spark.transform.StepGraph;
import java.util.ArrayList;
import java.util.List;

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
}
