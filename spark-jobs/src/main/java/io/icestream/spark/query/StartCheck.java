/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.recovery.RecoveryPlan;
import io.icestream.spark.recovery.Refusal;
import io.icestream.spark.source.KafkaTopic;
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

  /** What Kafka has lost of what the tables need next, if anything. */
  Optional<PipelineFailure> incident(KafkaTopic topic) {
    RecoveryPlan plan = situations.decide(topic);
    return plan.gaps().isEmpty() ? Optional.empty() : refusal.ofRecovery(plan, false);
  }
}
