/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.model.SinkDefinition;
import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.SinkEnd;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.recovery.CheckpointState;
import io.icestream.spark.recovery.RecoveryPlan;
import io.icestream.spark.recovery.Situation;
import io.icestream.spark.source.KafkaTopic;
import io.icestream.spark.source.TopicBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Looks where the tables, the checkpoint and the topic of a pipeline are. Changes nothing. */
final class Situations {
  private final SparkSession spark;
  private final QueryPlan plan;
  private final Map<String, String> client;

  /**
   * @param spark the session
   * @param plan the pipeline
   * @param client properties of Kafka clients
   */
  Situations(SparkSession spark, QueryPlan plan, Map<String, String> client) {
    this.spark = spark;
    this.plan = plan;
    this.client = Map.copyOf(client);
  }

  /**
   * Looks, and decides what has to be done.
   *
   * @throws PipelineFailure if the pipeline is running: what was seen of it would not fit together
   */
  RecoveryPlan decide(KafkaTopic topic) {
    List<SinkEnd> before = tables();
    CheckpointState checkpoint = folder(topic).state();
    TopicBounds bounds = TopicBounds.find(topic, client);
    if (!before.equals(tables())) {
      throw new PipelineFailure(
          Kind.FENCED,
          "Another driver of pipeline '"
              + plan.pipeline()
              + "' is committing right now. Stop it first; this one has changed nothing.");
    }
    return RecoveryPlan.of(
        new Situation(bounds, checkpoint, before), plan.pace().maxOffsetsPerBatch());
  }

  CheckpointFolder folder(KafkaTopic topic) {
    return new CheckpointFolder(plan.checkpoint(), spark.sessionState().newHadoopConf(), topic);
  }

  private List<SinkEnd> tables() {
    List<SinkEnd> tables = new ArrayList<>();
    for (SinkDefinition sink : plan.sinks()) {
      tables.add(SinkEnd.read(spark, plan.pipeline(), sink.table(), Chain.GAPLESS));
    }
    for (String table : RoutedTables.names(spark, plan)) {
      tables.add(SinkEnd.read(spark, plan.pipeline(), table, Chain.SPARSE));
    }
    tables.add(SinkEnd.read(spark, plan.pipeline(), plan.quarantineTable(), Chain.SPARSE));
    return tables;
  }
}
