/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Route;
import io.icestream.spark.decode.DecodedBatch;
import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.decode.Formats;
import io.icestream.spark.plan.Effect;
import io.icestream.spark.plan.PlannedChange;
import io.icestream.spark.plan.PresentState;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.query.PendingChanges;
import io.icestream.spark.query.RoutedTables;
import io.icestream.spark.schema.SchemaChange;
import io.icestream.spark.source.KafkaSample;
import io.icestream.spark.source.RawRecords;
import io.icestream.spark.transform.StepGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What would happen if a pipeline were started now.
 *
 * @param changes what sets the file apart from what is there, and what the topic's next records
 *     will change
 * @param possible what may change by itself while the pipeline runs, as sentences
 */
public record PipelinePlan(List<PlannedChange> changes, List<String> possible) {
  private static final String PROBE = "icestream_probe";

  public PipelinePlan {
    changes = List.copyOf(changes);
    possible = List.copyOf(possible);
  }

  /** Whether anything would happen. */
  public boolean hasChanges() {
    return changes.stream().anyMatch(change -> change.effect() != Effect.NONE);
  }

  /**
   * Looks, and changes nothing.
   *
   * @param pipeline the pipeline in its environment
   * @param client properties of Kafka clients
   * @param sample how many of the topic's next records to look at; 0: none
   */
  public static PipelinePlan of(ReadyPipeline pipeline, Map<String, String> client, int sample) {
    QueryPlan plan = pipeline.plan();
    PendingChanges pending =
        PendingChanges.of(pipeline.spark(), plan, pipeline.graph(), pipeline.topic());
    PresentState present = pending.present();
    List<PlannedChange> changes = new ArrayList<>(pending.changes());
    List<String> possible = new ArrayList<>();
    for (SinkDefinition sink : plan.sinks()) {
      sink.route().ifPresent(route -> possible.add(tables(pipeline, sink, route)));
    }
    if (Formats.isEvolving(plan.source().format())) {
      Set<String> followers = followers(pipeline);
      possible.add(
          "Fields that the schema of source '"
              + plan.source().name()
              + "' does not have become columns"
              + (followers.isEmpty()
                  ? " of no table: no sink takes all of its columns."
                  : " of " + String.join(", ", followers) + "; columns are widened as needed."));
      if (sample > 0) {
        changes.addAll(announced(pipeline, client, present, sample, followers));
      }
    }
    return new PipelinePlan(changes, possible);
  }

  private static String tables(ReadyPipeline pipeline, SinkDefinition sink, Route route) {
    int count = RoutedTables.names(pipeline.spark(), sink).size();
    return "Sink '"
        + sink.table()
        + "' has a table for each of "
        + count
        + (count == 1 ? " value of '" : " values of '")
        + route.column()
        + "'; others get theirs with their first row, as long as there are not more than "
        + route.maxTables()
        + ".";
  }

  /** The tables that get a column when the source does: found out by giving it one. */
  private static Set<String> followers(ReadyPipeline pipeline) {
    QueryPlan plan = pipeline.plan();
    StructType more = plan.source().schema().add(PROBE, DataTypes.StringType);
    StepGraph graph =
        StepGraph.check(pipeline.spark(), plan.withSourceColumns(more), new ArrayList<>());
    Set<String> followers =
        plan.sinks().stream()
            .filter(sink -> graph.columns(sink.from()) != null)
            .filter(sink -> List.of(graph.columns(sink.from()).fieldNames()).contains(PROBE))
            .map(SinkDefinition::table)
            .collect(Collectors.toCollection(TreeSet::new));
    StepGraph.check(pipeline.spark(), plan, new ArrayList<>()); // its views are the plan's again
    return followers;
  }

  private static List<PlannedChange> announced(
      ReadyPipeline pipeline,
      Map<String, String> client,
      PresentState present,
      int sample,
      Set<String> followers) {
    List<String> sinks = pipeline.plan().sinks().stream().map(SinkDefinition::table).toList();
    Map<Integer, Long> from =
        present.positions().entrySet().stream()
            .filter(table -> sinks.contains(table.getKey()))
            .findFirst()
            .<Map<Integer, Long>>map(sink -> sink.getValue().offsets())
            .orElse(Map.of());
    RawRecords records =
        new KafkaSample(pipeline.topic(), client).next(pipeline.spark(), from, sample);
    try (DecodedBatch decoded =
        DecodedBatch.of(records, pipeline.plan().source(), EventTimes.NONE)) {
      return decoded.drift().changes().stream()
          .map(change -> announcement(pipeline, change, followers))
          .toList();
    }
  }

  private static PlannedChange announcement(
      ReadyPipeline pipeline, SchemaChange change, Set<String> followers) {
    return new PlannedChange(
        "source " + pipeline.plan().source().name(),
        change.toString(),
        Effect.HOT,
        "The topic's next records need it"
            + (followers.isEmpty() ? "." : "; followed by " + String.join(", ", followers) + "."));
  }
}
