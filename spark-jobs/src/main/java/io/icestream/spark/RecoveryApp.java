/* SPDX-License-Identifier: MIT */
package io.icestream.spark;

import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.spark.commit.GapRows;
import io.icestream.spark.decode.SourceSchema;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.query.PendingChanges;
import io.icestream.spark.query.Recovery;
import io.icestream.spark.recovery.RecoveryPlan;
import io.icestream.spark.recovery.RecoveryProgress;
import io.icestream.spark.recovery.Refusal;
import io.icestream.spark.source.KafkaTopic;
import io.icestream.spark.table.TableProvisioning;
import io.icestream.spark.transform.StepGraph;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Puts together what brings a pipeline's tables, checkpoint and topic back into agreement. */
public final class RecoveryApp {
  private final SparkSession spark;
  private final QueryPlan plan;
  private final StepGraph graph;
  private final KafkaTopic topic;
  private final Recovery recovery;
  private final Refusal refusal;

  /**
   * Checks what a start checks.
   *
   * @param spark the session of the environment
   * @param definition what the user wrote
   * @param environment where it runs
   * @throws PipelineFileException if the pipeline file is wrong
   * @throws PipelineFailure if something that it needs is not there
   */
  public RecoveryApp(SparkSession spark, PipelineDefinition definition, Environment environment) {
    Pace pace = new Pace(Pace.DEFAULT_TRIGGER, true, Pace.DEFAULT_MAX_OFFSETS);
    PipelineApp app = new PipelineApp(definition, environment, pace);
    QueryPlan written = QueryPlan.of(definition, SourceSchema.read(definition), environment, pace);
    written.source().requireRegistry();
    this.topic = KafkaTopic.find(written.source().kafka().topic(), environment.kafka());
    this.spark = spark;
    this.plan = app.resumed(spark, written);
    app.showLookups(spark, plan);
    this.graph = app.checkedSteps(spark, plan);
    this.recovery = new Recovery(spark, plan, topic, environment.kafka());
    this.refusal =
        new Refusal(plan.checkpoint(), plan.rules(), PipelineApp.recoverCommand(definition));
  }

  /**
   * Says what a recovery would do. Changes nothing.
   *
   * @throws PipelineFailure if the pipeline is running
   */
  public RecoveryPlan decide() {
    return recovery.decide();
  }

  /** Where the checkpoint is. */
  public String checkpoint() {
    return plan.checkpoint();
  }

  /** Where the checkpoint goes if it is set aside at a time. */
  public String asideAt(Instant now) {
    return recovery.asideAt(now);
  }

  /** Where gaps are recorded. */
  public String gapTable() {
    return GapRows.table(plan.quarantineTable()).table();
  }

  /**
   * Why {@link #recover} would fail; empty if it would not.
   *
   * @param decided what is to be done
   * @param acceptGap whether records that Kafka does not have are given up
   */
  public Optional<PipelineFailure> refusal(RecoveryPlan decided, boolean acceptGap) {
    return refusal.ofRecovery(decided, acceptGap);
  }

  /**
   * Recovers the pipeline, so that it can start.
   *
   * @param decided what is to be done
   * @param acceptGap whether records that Kafka does not have are given up
   * @param now the time
   * @param progress is told what is done
   * @throws PipelineFailure if it cannot be recovered, or another driver interferes
   */
  public void recover(
      RecoveryPlan decided, boolean acceptGap, Instant now, RecoveryProgress progress) {
    raise(refusal(decided, acceptGap));
    if (decided.isNothingToDo()) {
      return;
    }
    PendingChanges.of(spark, plan, graph, topic).requireCompatible();
    PipelineApp.provideTables(spark, plan, graph);
    PendingChanges.keepUses(spark, plan, graph);
    if (!decided.gaps().isEmpty()) {
      new TableProvisioning(spark).provide(GapRows.table(plan.quarantineTable()));
    }
    recovery.carryOut(decided, graph, PipelineApp.version(), now, progress);
    raise(refusal.ofStart(recovery.decide()));
  }

  private static void raise(Optional<PipelineFailure> failure) {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
