/* SPDX-License-Identifier: MIT */
package io.icestream.spark.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.commit.Origin;
import io.icestream.spark.commit.SinkEnd;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.source.TopicBounds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whether a changed pipeline file may go on with what another one has begun. */
class UnfinishedBatchTest {

  @Test
  void isRefusedToAnotherFile() {
    // given: "a" has the batch from 10 to 20, "b" does not
    var plan = plan(sink("a", 20, "former"), sink("b", 10, "former"), quarantine(5, "former"));

    // when
    var refusal = new Refusal("/c", "now", "./icestream recover p.yaml").ofStart(plan);

    // then
    assertThat(refusal.orElseThrow().kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(refusal.orElseThrow())
        .hasMessage(
            "The pipeline file (or a schema of it) has changed in the middle of a batch: 'a' has"
                + " batch 7, judged by the former file, and 'b' not yet. Judged by two files a row"
                + " could be lost or be in two places. Start the former file once, with"
                + " --until-drained: it finishes the batch. Then start this one.");
    assertThat(new Refusal("/c", "now", "recover").ofRecovery(plan, true)).isPresent();
  }

  @Test
  void isFinishedByTheFileThatHasBegunIt() {
    // given
    var plan = plan(sink("a", 20, "former"), sink("b", 10, "other"), quarantine(5, "former"));

    // when, then
    assertThat(new Refusal("/c", "former", "recover").ofRecovery(plan, false)).isEmpty();
  }

  @Test
  void isBegunWhenTheQuarantineAloneHasIt() {
    // given
    var plan = plan(sink("a", 10, "former"), sink("b", 10, "former"), quarantine(20, "former"));

    // when, then
    assertThat(UnfinishedBatch.in(plan).orElseThrow().lacking()).containsExactly("a", "b");
    assertThat(new Refusal("/c", "now", "recover").ofRecovery(plan, false)).isPresent();
  }

  @Test
  void isNotThereWhenAllSinksAgree() {
    // given: a quarantine has no marker of a batch without rejected rows
    var plan = plan(sink("a", 20, "former"), sink("b", 20, "former"), quarantine(10, "former"));

    // when, then
    assertThat(UnfinishedBatch.in(plan)).isEmpty();
    assertThat(new Refusal("/c", "now", "recover").ofRecovery(plan, false)).isEmpty();
  }

  @Test
  void isNotHeldAgainstAFileIfNobodyKnowsWhatHasBegunIt() {
    // given: a marker of an earlier version
    var plan = plan(sink("a", 20, ""), sink("b", 10, ""), quarantine(5, ""));

    // when, then
    assertThat(UnfinishedBatch.in(plan)).isPresent();
    assertThat(new Refusal("/c", "now", "recover").ofRecovery(plan, false)).isEmpty();
  }

  @Test
  void isNoneIfNothingWasJudged() {
    // given: "a" was moved over a gap
    var moved = end("a", Chain.GAPLESS, 20, "former", 0);

    // when, then
    assertThat(UnfinishedBatch.in(plan(moved, sink("b", 10, "former"), quarantine(5, "former"))))
        .isEmpty();
  }

  private static RecoveryPlan plan(SinkEnd... tables) {
    TopicBounds topic =
        new TopicBounds("iot", "id", new TreeMap<>(Map.of(0, 0L)), new TreeMap<>(Map.of(0, 50L)));
    return RecoveryPlan.of(
        new Situation(topic, new CheckpointState.Absent(), List.of(tables)), 100);
  }

  private static SinkEnd sink(String table, long to, String rules) {
    return end(table, Chain.GAPLESS, to, rules, 10);
  }

  private static SinkEnd quarantine(long to, String rules) {
    return end("q", Chain.SPARSE, to, rules, 10);
  }

  private static SinkEnd end(String table, Chain chain, long to, String rules, long read) {
    Marker marker =
        new Marker(
            at(Math.max(0, to - 10)),
            at(to),
            7,
            "1.0",
            new Ledger(10, read, read, 0, 0, 0, 0, 0),
            EventTimes.NONE,
            EventTimes.NONE,
            Map.of(),
            Map.of(),
            new Origin("", "", 1, "", 0, rules, "commit"),
            0);
    return new SinkEnd(table, chain, Optional.of(marker), Instant.EPOCH, false);
  }

  private static TopicOffsets at(long offset) {
    return new TopicOffsets("id", new TreeMap<>(Map.of(0, offset)));
  }
}
