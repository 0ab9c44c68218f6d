/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.Problem;
import io.icestream.model.SqlPlaces;
import io.icestream.spark.decode.SourceSchema;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.environment.SparkSessions;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.source.KafkaTopic;
import io.icestream.spark.table.SourceColumns;
import io.icestream.spark.transform.LookupViews;
import io.icestream.spark.transform.StepGraph;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * A pipeline in its environment, as far as a start would get without changing anything. Closing it
 * ends the session.
 *
 * @param spark the environment's session, with the lookups as views
 * @param plan the pipeline, with the columns that its source has come to
 * @param graph its steps
 * @param topic its topic
 */
public record ReadyPipeline(SparkSession spark, QueryPlan plan, StepGraph graph, KafkaTopic topic)
    implements AutoCloseable {

  /**
   * Checks everything that a start checks.
   *
   * @throws PipelineFileException if the pipeline file is wrong
   * @throws PipelineFailure if something that it needs is not there
   */
  public static ReadyPipeline of(PipelineDefinition definition, Environment environment) {
    Pace pace = new Pace(Pace.DEFAULT_TRIGGER, true, Pace.DEFAULT_MAX_OFFSETS);
    QueryPlan plan = QueryPlan.of(definition, SourceSchema.read(definition), environment, pace);
    KafkaTopic topic = KafkaTopic.find(plan.source().kafka().topic(), environment.kafka());
    SparkSession spark = SparkSessions.open(environment, "icestream " + plan.pipeline());
    List<Problem> problems = new ArrayList<>();
    QueryPlan resumed = resumed(spark, plan, problems);
    LookupViews.ofTables(spark, plan.lookups(), problems);
    refuse(definition, problems);
    StepGraph graph = StepGraph.check(spark, resumed, problems);
    refuse(definition, problems);
    return new ReadyPipeline(spark, resumed, graph, topic);
  }

  @Override
  public void close() {
    spark.stop();
  }

  private static QueryPlan resumed(SparkSession spark, QueryPlan plan, List<Problem> problems) {
    try {
      return SourceColumns.resume(spark, plan);
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(plan.source().location(), e.getMessage()));
      return plan;
    }
  }

  private static void refuse(PipelineDefinition definition, List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new PipelineFileException(
          definition.file(), SqlPlaces.resolved(definition.file(), problems));
    }
  }
}
