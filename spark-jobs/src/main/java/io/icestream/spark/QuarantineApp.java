/* SPDX-License-Identifier: MIT */
package io.icestream.spark;

import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.spark.commit.QuarantineClaims;
import io.icestream.spark.decode.SourceSchema;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.query.SinkTables;
import io.icestream.spark.replay.QuarantineView;
import io.icestream.spark.replay.Replay;
import io.icestream.spark.replay.ReplayPlan;
import io.icestream.spark.replay.ReplayProgress;
import io.icestream.spark.replay.ReplayReport;
import io.icestream.spark.transform.StepGraph;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Puts together what looks at a pipeline's quarantined rows and replays them. */
public final class QuarantineApp {
  private final SparkSession spark;
  private final PipelineDefinition definition;
  private final Environment environment;

  /**
   * @param spark the session of the environment
   * @param definition what the user wrote
   * @param environment where it runs
   */
  public QuarantineApp(SparkSession spark, PipelineDefinition definition, Environment environment) {
    this.spark = spark;
    this.definition = definition;
    this.environment = environment;
  }

  /**
   * The pipeline's rows in quarantine.
   *
   * @param where a condition on them; empty for all
   * @throws IllegalArgumentException if the condition is wrong
   * @throws PipelineFailure if there is no quarantine table
   */
  public QuarantineView view(Optional<String> where) {
    String table = definition.quarantine().table();
    requireTable(table);
    QuarantineClaims claims =
        new QuarantineClaims(spark, table, definition.name(), PipelineApp.version());
    return new QuarantineView(claims.read().rows(), where);
  }

  /**
   * Says what a replay would do, and changes nothing.
   *
   * @param where a condition on the rows; empty for all that are not resolved
   * @throws IllegalArgumentException if the condition is wrong
   * @throws PipelineFileException if the pipeline file is wrong
   * @throws PipelineFailure if a table is not there
   */
  public ReplayReport preview(Optional<String> where) {
    PipelineApp app = app();
    QueryPlan plan = plan(app);
    app.showLookups(spark, plan);
    StepGraph graph = app.checkedSteps(spark, plan);
    return new Replay(spark, plan, graph, PipelineApp.version(), ReplayProgress.NONE)
        .preview(where);
  }

  /**
   * Replays rows.
   *
   * @param where a condition on the rows; empty for all that are not resolved
   * @param progress is told what is done
   * @throws IllegalArgumentException if the condition is wrong
   * @throws PipelineFileException if the pipeline file is wrong
   * @throws PipelineFailure if a table is not there or does not fit, or another replay interferes
   */
  public ReplayReport replay(Optional<String> where, ReplayProgress progress) {
    PipelineApp app = app();
    QueryPlan plan = plan(app);
    app.showLookups(spark, plan);
    StepGraph graph = app.checkedSteps(spark, plan);
    SinkTables.of(plan, graph).forEach(table -> requireTable(table.table()));
    PipelineApp.provideTables(spark, plan, graph);
    return new Replay(spark, plan, graph, PipelineApp.version(), progress).run(where);
  }

  private PipelineApp app() {
    return new PipelineApp(definition, environment, pace());
  }

  private QueryPlan plan(PipelineApp app) {
    requireTable(definition.quarantine().table());
    QueryPlan plan = QueryPlan.of(definition, SourceSchema.read(definition), environment, pace());
    plan.source().requireRegistry();
    return ReplayPlan.of(app.resumed(spark, plan));
  }

  private static Pace pace() {
    return new Pace(Pace.DEFAULT_TRIGGER, true, Pace.DEFAULT_MAX_OFFSETS);
  }

  /** A table that a replay made would look to the pipeline like one whose rows are lost. */
  private void requireTable(String table) {
    if (!spark.catalog().tableExists(table)) {
      throw new PipelineFailure(
          Kind.UNAVAILABLE,
          "Table '"
              + table
              + "' does not exist in the catalog. Run the pipeline first, which creates it, or"
              + " correct its name in the pipeline file.");
    }
  }
}
