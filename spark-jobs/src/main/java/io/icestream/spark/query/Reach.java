/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;

import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Rows;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.transform.StepGraph;
import io.icestream.spark.transform.StepGraph.CheckedStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * The tables that the rows of each source and step reach. A row that a step rejects has not reached
 * these, and has nothing to do with the others. Pure.
 *
 * @param tables in the order of the file, by the name of the source or step
 */
public record Reach(Map<String, List<String>> tables) {

  /** The reach of everything in a plan. */
  public static Reach of(QueryPlan plan, StepGraph graph) {
    Map<String, String> upstream = new LinkedHashMap<>();
    for (CheckedStep step : graph.steps()) {
      upstream.put(step.name(), step.upstream());
    }
    Map<String, List<String>> tables = new LinkedHashMap<>();
    tables.put(plan.source().name(), new ArrayList<>());
    upstream.keySet().forEach(step -> tables.put(step, new ArrayList<>()));
    for (SinkDefinition sink : plan.sinks()) {
      // What is rejected or replayed is never late
      String from = sink.rows() == Rows.LATE ? null : sink.from();
      for (String at = from; at != null; at = upstream.get(at)) {
        tables.get(at).add(sink.table());
      }
    }
    return new Reach(tables);
  }

  /** The tables that the rows of a source or step reach. */
  public List<String> of(String name) {
    return tables.get(name);
  }

  /** The same as a value of each row. */
  Column column(String name) {
    Column[] names = of(name).stream().map(table -> lit(table)).toArray(Column[]::new);
    return array(names).cast("array<string>");
  }
}
