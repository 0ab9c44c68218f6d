/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.recovery.RecoveryPlan;
import io.icestream.spark.recovery.Refusal;
import io.icestream.spark.source.KafkaTopic;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a pipeline back from a start that would lose or repeat rows.
 *
 * @param situations looks where everything is
 * @param refusal says why not
 */
record StartCheck(Situations situations, Refusal refusal) {

  /**
   * Where a query starts, in the JSON of Spark's Kafka source; empty if the checkpoint or the
   * pipeline file decides.
   *
   * @throws PipelineFailure if it must not start
   */
  String start(KafkaTopic topic) {
    RecoveryPlan plan = situations.decide(topic);
    Optional<PipelineFailure> reason = refusal.ofStart(plan);
    if (reason.isPresent()) {
      throw reason.get();
    }
    return plan.start()
        .map(start -> StartOffsets.json(topic.name(), start, topic.partitions()))
        .orElse("");
  }

  /**
   * The same after a failure, when the topic may have become another one.
   *
   * @throws PipelineFailure if it must not start
   */
  String startAgain(String topic, Map<String, String> client) {
    return start(KafkaTopic.find(topic, client));
  }

  /**
   * A failure that nobody knows, or the loss of records behind it.
   *
   * @param failure what the query failed with
   */
  Throwable explained(Throwable failure, String topic, Map<String, String> client) {
    try {
      RecoveryPlan plan = situations.decide(KafkaTopic.find(topic, client));
      return (plan.gaps().isEmpty() ? Optional.<PipelineFailure>empty() : refusal.ofStart(plan))
          .<Throwable>map(loss -> new PipelineFailure(loss.kind(), loss.getMessage(), failure))
          .orElse(failure);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      return failure;
    }
  }
}
