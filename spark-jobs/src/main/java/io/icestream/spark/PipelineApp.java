/* SPDX-License-Identifier: MIT */
package io.icestream.spark;

import io.icestream.model.Location;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.Problem;
import io.icestream.model.SinkDefinition;
import io.icestream.model.SourceDefinition;
import io.icestream.spark.commit.AppendRows;
import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.decode.Formats;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.environment.SparkSessions;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.SourceSchema;
import io.icestream.spark.plan.TableSpec;
import io.icestream.spark.query.PipelineQuery;
import io.icestream.spark.source.KafkaTopic;
import io.icestream.spark.table.TableProvisioning;
import io.icestream.spark.transform.StepGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Puts a pipeline together, in the order of the data's way. */
public final class PipelineApp {
  private final PipelineDefinition definition;
  private final Environment environment;
  private final Pace pace;

  /**
   * @param definition what the user wrote
   * @param environment where it runs
   * @param pace how much is read and when
   */
  public PipelineApp(PipelineDefinition definition, Environment environment, Pace pace) {
    this.definition = definition;
    this.environment = environment;
    this.pace = pace;
  }

  /**
   * Starts the pipeline: checks everything that can be checked, provides the tables, starts the
   * query.
   *
   * @throws PipelineFileException if the pipeline file is wrong
   * @throws PipelineFailure if something that it needs is not there
   */
  public PipelineQuery start() {
    QueryPlan plan = QueryPlan.of(definition, sourceColumns(), environment, pace);
    KafkaTopic topic = KafkaTopic.find(plan.source().kafka().topic(), environment.kafka());
    SparkSession spark = SparkSessions.open(environment, plan.pipeline());
    requireLookups(spark, plan);
    StepGraph graph = checkedSteps(spark, plan);
    provideTables(spark, plan, graph);
    return PipelineQuery.start(spark, plan, graph, topic, environment.kafka(), version());
  }

  private SourceSchema sourceColumns() {
    SourceDefinition source = definition.sources().values().iterator().next();
    try {
      return Formats.schema(source.format(), definition::resolve);
    } catch (IllegalArgumentException e) {
      throw wrong(source.location(), e.getMessage());
    }
  }

  private PipelineFileException wrong(Location location, String message) {
    return new PipelineFileException(definition.file(), List.of(new Problem(location, message)));
  }

  private void requireLookups(SparkSession spark, QueryPlan plan) {
    List<Problem> absent = new ArrayList<>();
    plan.lookups()
        .forEach(
            (name, lookup) -> {
              if (!spark.catalog().tableExists(lookup.table())) {
                absent.add(
                    new Problem(
                        lookup.location(),
                        "Lookup table '"
                            + lookup.table()
                            + "' does not exist in the catalog. Create"
                            + " it, or correct 'table'."));
              } else {
                spark.table(lookup.table()).createOrReplaceTempView(name);
              }
            });
    refuse(absent);
  }

  private StepGraph checkedSteps(SparkSession spark, QueryPlan plan) {
    List<Problem> problems = new ArrayList<>();
    StepGraph graph = StepGraph.check(spark, plan, problems);
    refuse(problems);
    return graph;
  }

  private void provideTables(SparkSession spark, QueryPlan plan, StepGraph graph) {
    TableProvisioning tables = new TableProvisioning(spark);
    for (SinkDefinition sink : plan.sinks()) {
      StructType columns = graph.columns(sink.from());
      boolean append = sink.mode() == SinkDefinition.Mode.APPEND;
      tables.provide(
          new TableSpec(
              sink.table(),
              append ? AppendRows.columns(columns) : columns,
              sink.partitionBy(),
              Map.of()));
    }
    tables.provide(QuarantineRows.table(plan.quarantineTable()));
  }

  private void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new PipelineFileException(definition.file(), problems);
    }
  }

  private static String version() {
    return Optional.ofNullable(PipelineApp.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
