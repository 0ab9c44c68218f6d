/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.model.SinkDefinition;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.plan.Effect;
import io.icestream.spark.plan.PlanDiff;
import io.icestream.spark.plan.PlannedChange;
import io.icestream.spark.plan.PresentState;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.TableSpec;
import io.icestream.spark.plan.TableUse;
import io.icestream.spark.plan.WantedState;
import io.icestream.spark.source.KafkaTopic;
import io.icestream.spark.table.TableUses;
import io.icestream.spark.transform.StepGraph;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * What sets a pipeline file apart from what is there.
 *
 * @param present what is there
 * @param changes the differences
 */
public record PendingChanges(PresentState present, List<PlannedChange> changes) {
  public PendingChanges {
    changes = List.copyOf(changes);
  }

  /**
   * Looks, and changes nothing.
   *
   * @param spark the environment's session
   * @param plan the pipeline
   * @param graph its steps
   * @param topic its topic
   */
  public static PendingChanges of(
      SparkSession spark, QueryPlan plan, StepGraph graph, KafkaTopic topic) {
    List<TableSpec> tables = SinkTables.present(spark, plan, graph);
    PresentState present = PresentPipeline.read(spark, plan, tables, topic);
    WantedState wanted =
        new WantedState(
            topic.name(),
            topic.id(),
            plan.source().kafka().start().name().toLowerCase(Locale.ROOT),
            tables,
            tables.stream()
                .filter(TableSpec::aggregate)
                .map(TableSpec::table)
                .collect(Collectors.toSet()),
            uses(spark, plan, graph),
            sparse(spark, plan));
    return new PendingChanges(present, PlanDiff.of(wanted, present));
  }

  /**
   * Checks that tables that the pipeline has written go on with what it would write now. One that
   * it has not reached, because a crash came first or because it is new, is left to the fence.
   *
   * @throws PipelineFailure if there is a change of a table with {@link Effect#REBUILD}
   */
  public void requireCompatible() {
    List<PlannedChange> refused =
        changes.stream()
            .filter(change -> change.effect() == Effect.REBUILD)
            .filter(change -> present.positions().containsKey(change.subject()))
            .toList();
    if (!refused.isEmpty()) {
      throw new PipelineFailure(
          Kind.CONFIGURATION,
          refused.stream()
              .map(c -> c.effect() + ": " + c.subject() + ": " + c.what() + ". " + c.reason())
              .collect(
                  Collectors.joining(
                      "\n  ",
                      "The tables do not go on with this pipeline file ('plan' shows the same):\n  ",
                      "")));
    }
  }

  /** Keeps with each table what its rows mean from now on. The tables exist. */
  public static void keepUses(SparkSession spark, QueryPlan plan, StepGraph graph) {
    uses(spark, plan, graph)
        .forEach((table, use) -> TableUses.keep(spark, plan.pipeline(), table, use));
  }

  /** The tables that a batch without rows for them leaves as they are. */
  private static Set<String> sparse(SparkSession spark, QueryPlan plan) {
    Set<String> tables = new HashSet<>(RoutedTables.names(spark, plan));
    tables.add(plan.quarantineTable());
    return tables;
  }

  private static Map<String, TableUse> uses(SparkSession spark, QueryPlan plan, StepGraph graph) {
    Map<String, TableUse> uses = new LinkedHashMap<>(RoutedTables.uses(spark, plan));
    for (SinkDefinition sink : plan.sinks()) {
      uses.put(sink.table(), TableUse.of(sink, graph.expressions(sink.from())));
    }
    return uses;
  }
}
