/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.spark.commit.AppendRows;
import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.TableSpec;
import io.icestream.spark.transform.StepGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

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
    for (SinkDefinition sink : plan.sinks()) {
      StructType columns = graph.columns(sink.from());
      tables.add(
          new TableSpec(
              sink.table(),
              sink.mode() == Mode.APPEND ? AppendRows.columns(columns, plan.source()) : columns,
              sink.partitionBy(),
              Map.of(),
              sink.mode() == Mode.UPSERT));
    }
    tables.add(QuarantineRows.table(plan.quarantineTable()));
    return tables;
  }
}
