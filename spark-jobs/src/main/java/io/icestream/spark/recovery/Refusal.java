/* SPDX-License-Identifier: MIT */
package io.icestream.spark.recovery;

import io.icestream.spark.commit.Gap;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why a pipeline does not start, and with which command it can. */
public final class Refusal {
  private final String checkpoint;
  private final String rules;
  private final String command;

  /**
   * @param checkpoint where the checkpoint is
   * @param rules short name of the rules of the pipeline file; empty if there is none
   * @param command the command that recovers the pipeline, without options
   */
  public Refusal(String checkpoint, String rules, String command) {
    this.checkpoint = checkpoint;
    this.rules = rules;
    this.command = command;
  }

  /** Why a pipeline cannot start; empty if it can. */
  public Optional<PipelineFailure> ofStart(RecoveryPlan plan) {
    Optional<PipelineFailure> other = ofRecovery(plan, false);
    if (other.isPresent() || plan.isNothingToDo()) {
      return other;
    }
    String remedy =
        " Run '"
            + command
            + "', with the options of this run: it brings the tables to one place and changes no"
            + " row that is there; --dry-run tells what it would do.";
    if (!plan.distrust().isEmpty()) {
      return Optional.of(
          new PipelineFailure(
              Kind.FENCED,
              "The checkpoint at "
                  + checkpoint
                  + " cannot be used: "
                  + String.join("; ", plan.distrust())
                  + "."
                  + remedy));
    }
    String places =
        plan.at().entrySet().stream()
            .map(entry -> "'" + entry.getKey() + "' is at " + entry.getValue().describe())
            .collect(Collectors.joining(", "));
    return Optional.of(
        new PipelineFailure(
            Kind.FENCED,
            "There is no checkpoint at "
                + checkpoint
                + ", and the tables are at different places: "
                + places
                + "."
                + remedy));
  }

  /**
   * Why a pipeline cannot be recovered; empty if it can.
   *
   * @param acceptGap whether records that Kafka does not have are given up
   */
  public Optional<PipelineFailure> ofRecovery(RecoveryPlan plan, boolean acceptGap) {
    if (!plan.obstacles().isEmpty()) {
      return Optional.of(
          new PipelineFailure(Kind.FENCED, String.join(". ", plan.obstacles()) + "."));
    }
    if (!plan.gaps().isEmpty() && !acceptGap) {
      return Optional.of(dataLoss(plan));
    }
    return UnfinishedBatch.in(plan)
        .filter(batch -> batch.isOfOtherRules(rules))
        .map(Refusal::changedFile);
  }

  private static PipelineFailure changedFile(UnfinishedBatch batch) {
    return new PipelineFailure(
        Kind.CONFIGURATION,
        "The pipeline file (or a schema of it) has changed in the middle of a batch: '"
            + batch.table()
            + "' has batch "
            + batch.marker().batch()
            + ", judged by the former file, and '"
            + String.join("', '", batch.lacking())
            + "' not yet. Judged by two files a row could be lost or be in two places. Start the"
            + " former file once, with --until-drained: it finishes the batch. Then start this"
            + " one.");
  }

  private PipelineFailure dataLoss(RecoveryPlan plan) {
    String topic = plan.situation().topic().name();
    String id = plan.situation().topic().id();
    String gaps = plan.gaps().stream().map(Gap::describe).collect(Collectors.joining("; "));
    String others =
        plan.gaps().stream()
            .map(Gap::topicId)
            .filter(other -> !other.equals(id))
            .distinct()
            .collect(Collectors.joining(", "));
    boolean deleted = plan.gaps().stream().anyMatch(gap -> gap.reason() == Gap.Reason.DELETED);
    return new PipelineFailure(
        Kind.DATA_LOSS,
        "Topic '"
            + topic
            + "' (id "
            + id
            + (others.isEmpty() ? "" : "; the tables were filled from id " + others)
            + ") does not have what this pipeline has to read next: "
            + gaps
            + ". Nothing has been skipped. If Kafka can be restored to what it was, do so and start"
            + " again. Otherwise '"
            + command
            + " --accept-gap' writes the range into the gap table and goes on behind it."
            + (deleted
                ? " Raise 'retention.ms' and 'retention.bytes' of the topic above the longest"
                    + " outage, so that it does not happen again."
                : ""));
  }
}
