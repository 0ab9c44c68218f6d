/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.model.SinkDefinition;
import io.icestream.spark.commit.Epochs;
import io.icestream.spark.commit.RouteIndex;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.RoutedTable;
import io.icestream.spark.plan.TableSpec;
import io.icestream.spark.plan.TableUse;
import io.icestream.spark.sink.RouteWrite;
import io.icestream.spark.sink.SinkWrite;
import io.icestream.spark.table.TableProvisioning;
import io.icestream.spark.table.TableUses;
import io.icestream.spark.transform.StepGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The tables of sinks with {@code route_by}, which come to be while a pipeline runs. */
public final class RoutedTables {
  private RoutedTables() {}

  /**
   * The names of the tables that a sink has, as its index lists them; none if it has one table.
   *
   * @param spark has the index in its catalog
   * @param sink the sink
   */
  public static List<String> names(SparkSession spark, SinkDefinition sink) {
    if (sink.route().isEmpty()) {
      return List.of();
    }
    return RouteIndex.read(spark, sink.table()).routes().stream()
        .map(route -> RoutedTable.of(sink.table(), route))
        .toList();
  }

  /** The names of the tables of all such sinks of a plan. */
  static List<String> names(SparkSession spark, QueryPlan plan) {
    return plan.sinks().stream().flatMap(sink -> names(spark, sink).stream()).toList();
  }

  /** The tables of all such sinks, as the pipeline wants them. */
  static List<TableSpec> specs(SparkSession spark, QueryPlan plan, StepGraph graph) {
    List<TableSpec> specs = new ArrayList<>();
    for (SinkWrite write : SinkWrite.all(plan, graph)) {
      if (write instanceof RouteWrite routed) {
        RouteIndex.read(spark, routed.sink().table())
            .routes()
            .forEach(route -> specs.add(routed.table(route)));
      }
    }
    return specs;
  }

  /** What the rows of these tables mean, by table. */
  static Map<String, TableUse> uses(SparkSession spark, QueryPlan plan) {
    Map<String, TableUse> uses = new LinkedHashMap<>();
    for (SinkDefinition sink : plan.sinks()) {
      names(spark, sink).forEach(table -> uses.put(table, TableUse.of(sink, Map.of())));
    }
    return uses;
  }

  /**
   * Puts a driver's number into all of these tables, and makes those that an interrupted batch has
   * announced alone. For a driver that has claimed the indexes: no other can add to them.
   */
  static void takeOver(SparkSession spark, QueryPlan plan, StepGraph graph, long epoch) {
    for (SinkWrite write : SinkWrite.all(plan, graph)) {
      if (write instanceof RouteWrite routed) {
        for (String route : RouteIndex.read(spark, routed.sink().table()).routes()) {
          provide(spark, plan.pipeline(), routed, route);
          Epochs.raise(spark, plan.pipeline(), routed.table(route).table(), epoch);
        }
      }
    }
  }

  /**
   * Makes the table of a route that the index lists, unless it is there. It has the index's epoch
   * from the start, so that no superseded driver fills it.
   *
   * @throws PipelineFailure if somebody else has made a table of that name
   */
  static void provide(SparkSession spark, String pipeline, RouteWrite write, String route) {
    TableSpec spec = write.table(route);
    String index = write.sink().table();
    if (spark.catalog().tableExists(spec.table())) {
      if (RouteIndex.isTaken(spark, index, route)) {
        throw new PipelineFailure(
            Kind.CONFIGURATION,
            "Table '"
                + spec.table()
                + "' is not one of sink '"
                + index
                + "', whose rows with '"
                + write.route().column()
                + "' = '"
                + route
                + "' belong there: its property '"
                + RoutedTable.OWNER
                + "' is not '"
                + index
                + "'. Rename the table, and start the pipeline again.");
      }
      return;
    }
    new TableProvisioning(spark)
        .provide(spec.with(Epochs.inherited(spark, pipeline, index, spec.table())));
    TableUses.keep(spark, pipeline, spec.table(), TableUse.of(write.sink(), Map.of()));
  }
}
