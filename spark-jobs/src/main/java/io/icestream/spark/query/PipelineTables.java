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

/** The tables that a pipeline writes. Pure. */
public final class PipelineTables {
  private PipelineTables() {}

  /** The quarantine table first, then the sinks in the order of the file. */
  public static List<TableSpec> of(QueryPlan plan, StepGraph graph) {
    List<TableSpec> tables = new ArrayList<>();
    tables.add(QuarantineRows.table(plan.quarantineTable()));
    for (SinkDefinition sink : plan.sinks()) {
      StructType columns = graph.columns(sink.from());
      boolean append = sink.mode() == Mode.APPEND;
      tables.add(
          new TableSpec(
              sink.table(),
              append ? AppendRows.columns(columns) : columns,
              sink.partitionBy(),
              Map.of()));
    }
    return tables;
  }
}
