/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Fence.Decision;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The batch at hand reads from 10 to 20 of each of two partitions. */
class FenceTest {
  private static final BatchRange RANGE = Markers.range(Markers.at(10, 10), Markers.at(20, 20));

  @ParameterizedTest
  @EnumSource(Chain.class)
  void letsAPipelineCommitThatNeverHas(Chain chain) {
    assertThat(Fence.decide("ns.t", Optional.empty(), RANGE, chain)).isEqualTo(Decision.COMMIT);
  }

  @Test
  void refusesToFillATableFromTheMiddle() {
    // given a checkpoint that has been read from before
    BatchRange later = new BatchRange(8, RANGE.from(), RANGE.to(), RANGE.time(), false);

    // when a table of rows has no marker
    PipelineFailure refusal =
        catchThrowableOfType(
            PipelineFailure.class,
            () -> Fence.decide("ns.t", Optional.empty(), later, Chain.GAPLESS));

    // then
    assertThat(refusal.kind()).isEqualTo(Kind.FENCED);
    assertThat(refusal)
        .hasMessage(
            "Table 'ns.t' has no rows of this pipeline, which is at 0:10 1:10 (partition:offset):"
                + " it is new, or was dropped and created again. To fill it from the topic's start,"
                + " give the pipeline another name, so that it starts afresh.");
  }

  @Test
  void letsAQuarantineThatHasNeverHadARowCommit() {
    // given
    BatchRange later = new BatchRange(8, RANGE.from(), RANGE.to(), RANGE.time(), false);

    // when, then
    assertThat(Fence.decide("ns.q", Optional.empty(), later, Chain.SPARSE))
        .isEqualTo(Decision.COMMIT);
  }

  @ParameterizedTest
  @EnumSource(Chain.class)
  void letsTheNextBatchCommit(Chain chain) {
    assertThat(decide(Markers.at(10, 10), chain)).isEqualTo(Decision.COMMIT);
  }

  @ParameterizedTest
  @EnumSource(Chain.class)
  void skipsABatchThatTheTableHas(Chain chain) {
    assertThat(decide(Markers.at(20, 20), chain)).isEqualTo(Decision.SKIP);
  }

  @Test
  void letsABatchFollowAGapOnlyWhereBatchesWithoutRowsDoNotCommit() {
    assertThat(decide(Markers.at(4, 10), Chain.SPARSE)).isEqualTo(Decision.COMMIT);
    assertThat(refusal(Markers.at(4, 10), Chain.GAPLESS).kind()).isEqualTo(Kind.FENCED);
  }

  @ParameterizedTest
  @EnumSource(Chain.class)
  void refusesABatchThatOverlapsWithWhatTheTableHas(Chain chain) {
    assertThat(refusal(Markers.at(15, 15), chain))
        .hasMessage(
            "Table 'ns.t' holds this pipeline's rows up to 0:15 1:15 (partition:offset), but the"
                + " batch reads from 0:10 1:10 to 0:20 1:20. Another driver of this pipeline has"
                + " committed meanwhile, or the checkpoint is not this table's. Stop the other"
                + " driver; if there is none, run 'icestream recover'.");
  }

  @ParameterizedTest
  @EnumSource(Chain.class)
  void refusesABatchBehindWhatTheTableHas(Chain chain) {
    assertThat(refusal(Markers.at(30, 30), chain).kind()).isEqualTo(Kind.FENCED);
  }

  @ParameterizedTest
  @EnumSource(Chain.class)
  void refusesABatchIfOnePartitionIsAheadAndTheOtherBehind(Chain chain) {
    assertThat(refusal(Markers.at(5, 11), chain).kind()).isEqualTo(Kind.FENCED);
  }

  @ParameterizedTest
  @EnumSource(Chain.class)
  void refusesATopicThatWasMadeAgain(Chain chain) {
    // given
    var other = new TopicOffsets("old-id", Markers.at(10, 10).partitions());

    // when
    var failure = refusal(other, chain);

    // then
    assertThat(failure.kind()).isEqualTo(Kind.FENCED);
    assertThat(failure)
        .hasMessage(
            "Table 'ns.t' was filled from a topic of the same name that no longer exists (id"
                + " old-id, now topic-id): its offsets mean other records. Write to new tables, or"
                + " drop this one.");
  }

  private static Decision decide(TopicOffsets committed, Chain chain) {
    var marker = Markers.marker(Markers.at(0, 0), committed);
    return Fence.decide("ns.t", Optional.of(marker), RANGE, chain);
  }

  private static PipelineFailure refusal(TopicOffsets committed, Chain chain) {
    return catchThrowableOfType(PipelineFailure.class, () -> decide(committed, chain));
  }
}
