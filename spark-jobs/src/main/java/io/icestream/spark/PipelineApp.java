/* SPDX-License-Identifier: MIT */
package io.icestream.spark;

import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.Problem;
import io.icestream.model.SqlPlaces;
import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.decode.SourceSchema;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.environment.SparkSessions;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.metrics.PipelineMetrics;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.query.Launch;
import io.icestream.spark.query.PendingChanges;
import io.icestream.spark.query.PipelineQuery;
import io.icestream.spark.query.SinkTables;
import io.icestream.spark.source.KafkaTopic;
import io.icestream.spark.table.SourceColumns;
import io.icestream.spark.table.TableProperties;
import io.icestream.spark.table.TableProvisioning;
import io.icestream.spark.transform.LookupViews;
import io.icestream.spark.transform.StepGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

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
    QueryPlan plan = QueryPlan.of(definition, SourceSchema.read(definition), environment, pace);
    plan.source().requireRegistry();
    KafkaTopic topic = KafkaTopic.find(plan.source().kafka().topic(), environment.kafka());
    SparkSession spark = SparkSessions.open(environment, plan.pipeline());
    plan = resumed(spark, plan);
    showLookups(spark, plan);
    StepGraph graph = checkedSteps(spark, plan);
    PendingChanges.of(spark, plan, graph, topic).requireCompatible();
    provideTables(spark, plan, graph);
    PendingChanges.keepUses(spark, plan, graph);
    PipelineMetrics metrics = PipelineMetrics.start(spark, plan, environment);
    try {
      return PipelineQuery.start(
          spark,
          plan,
          graph,
          topic,
          environment.kafka(),
          new Launch(version(), recoverCommand(definition), metrics));
    } catch (RuntimeException e) {
      metrics.close();
      throw e;
    }
  }

  /** The command that recovers a pipeline, as a user calls it. */
  static String recoverCommand(PipelineDefinition definition) {
    return "./icestream recover " + definition.file();
  }

  /** A source that has evolved goes on with the columns that it came to. */
  QueryPlan resumed(SparkSession spark, QueryPlan plan) {
    try {
      return SourceColumns.resume(spark, plan);
    } catch (IllegalArgumentException e) {
      Problem problem = new Problem(plan.source().location(), e.getMessage());
      throw new PipelineFileException(definition.file(), List.of(problem));
    }
  }

  void showLookups(SparkSession spark, QueryPlan plan) {
    List<Problem> problems = new ArrayList<>();
    LookupViews.ofTables(spark, plan.lookups(), problems);
    refuse(problems);
  }

  StepGraph checkedSteps(SparkSession spark, QueryPlan plan) {
    List<Problem> problems = new ArrayList<>();
    StepGraph graph = StepGraph.check(spark, plan, problems);
    refuse(problems);
    return graph;
  }

  static void provideTables(SparkSession spark, QueryPlan plan, StepGraph graph) {
    TableProvisioning tables = new TableProvisioning(spark);
    TableProperties.ensure(spark, QuarantineRows.table(plan.quarantineTable()));
    SinkTables.present(spark, plan, graph).forEach(tables::provide);
  }

  private void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new PipelineFileException(
          definition.file(), SqlPlaces.resolved(definition.file(), problems));
    }
  }

  static String version() {
    return Optional.ofNullable(PipelineApp.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
