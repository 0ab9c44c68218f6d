/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.commit.Driver;
import io.icestream.spark.commit.Epochs;
import io.icestream.spark.commit.GapCommits;
import io.icestream.spark.commit.GapRows;
import io.icestream.spark.commit.SinkEnd;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.recovery.CheckpointState;
import io.icestream.spark.recovery.Move;
import io.icestream.spark.recovery.RecoveryPlan;
import io.icestream.spark.recovery.RecoveryProgress;
import io.icestream.spark.recovery.Slice;
import io.icestream.spark.source.KafkaRecords;
import io.icestream.spark.source.KafkaTopic;
import io.icestream.spark.transform.Lookups;
import io.icestream.spark.transform.StepGraph;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Carries a {@link RecoveryPlan} out. May be killed anywhere and run again: each of its commits
 * looks first whether it has been made.
 */
public final class Recovery {
  private final SparkSession spark;
  private final QueryPlan plan;
  private final KafkaTopic topic;
  private final Map<String, String> client;
  private final Situations situations;

  /**
   * @param spark the session
   * @param plan the pipeline
   * @param topic its topic
   * @param client properties of Kafka clients
   */
  public Recovery(
      SparkSession spark, QueryPlan plan, KafkaTopic topic, Map<String, String> client) {
    this.spark = spark;
    this.plan = plan;
    this.topic = topic;
    this.client = Map.copyOf(client);
    this.situations = new Situations(spark, plan, client);
  }

  /**
   * Looks what has to be done. Changes nothing.
   *
   * @throws PipelineFailure if the pipeline is running
   */
  public RecoveryPlan decide() {
    return situations.decide(topic);
  }

  /** Where the checkpoint would go at a time. */
  public String asideAt(Instant now) {
    return situations.folder(topic).asideAt(now);
  }

  /**
   * Does what has to be done. The tables exist, the gap table too if there are gaps.
   *
   * @param recovery what to do; has no obstacles, and its gaps are accepted
   * @param graph the pipeline's steps
   * @param version version of the code, for markers
   * @param now the time
   * @param progress is told what is done
   */
  public void carryOut(
      RecoveryPlan recovery,
      StepGraph graph,
      String version,
      Instant now,
      RecoveryProgress progress) {
    if (!recovery.gaps().isEmpty()) {
      GapRows gaps = new GapRows(spark, plan.quarantineTable(), plan.pipeline());
      progress.recorded(gaps.add(topic.name(), recovery.gaps(), now));
    }
    // From here on the tables stay as they are
    long epoch = Epochs.claim(spark, plan.pipeline(), plan.tables());
    RoutedTables.takeOver(spark, plan, graph, epoch);
    Driver driver = new Driver(plan.pipeline(), version, topic.cluster(), epoch, plan.rules());
    moveOver(recovery, driver, now, progress);
    if (!(recovery.situation().checkpoint() instanceof CheckpointState.Absent)
        && !recovery.distrust().isEmpty()) {
      situations.folder(topic).setAside(now);
      progress.setAside(asideAt(now));
    }
    KafkaRecords records = new KafkaRecords(topic, client);
    MicroBatch batch = new MicroBatch(plan, graph, new Lookups(plan.lookups()), driver);
    for (Slice slice : recovery.slices()) {
      batch.runAgain(
          records.read(spark, slice.range().from().partitions(), slice.range().to().partitions()),
          slice.range(),
          slice.tables());
      progress.brought(slice);
    }
  }

  private void moveOver(
      RecoveryPlan recovery, Driver driver, Instant now, RecoveryProgress progress) {
    Map<String, SinkEnd> ends =
        recovery.situation().tables().stream()
            .collect(Collectors.toMap(SinkEnd::table, end -> end));
    GapCommits commits = new GapCommits(spark, driver);
    for (Move move : recovery.moves()) {
      commits.move(ends.get(move.table()), move.from(), move.to(), move.lost(), now);
      progress.moved(move);
    }
  }
}
