/* SPDX-License-Identifier: MIT */
package io.icestream.spark.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Gap;
import io.icestream.spark.commit.Gap.Reason;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.commit.Origin;
import io.icestream.spark.commit.SinkEnd;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.recovery.CheckpointState.Absent;
import io.icestream.spark.recovery.CheckpointState.Damaged;
import io.icestream.spark.recovery.CheckpointState.Planned;
import io.icestream.spark.recovery.CheckpointState.Started;
import io.icestream.spark.source.TopicBounds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is to be done, from where the tables, the checkpoint and the topic are. */
class RecoveryPlanTest {
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
  private static final TopicBounds TOPIC = topic("new", Map.of(), Map.of(0, 1000L, 1, 1000L));
  private static final Refusal REFUSAL = new Refusal("/c", "", "./icestream recover p.yaml");

  @Test
  void startsWhereThePipelineFileSaysIfNothingIsThere() {
    // when
    var plan = plan(TOPIC, new Absent(), none("a"), none("b"), noQuarantine());

    // then
    assertThat(plan.isNothingToDo()).isTrue();
    assertThat(plan.start()).isEmpty();
    assertThat(REFUSAL.ofStart(plan)).isEmpty();
  }

  @Test
  void startsWhereTheTablesAgreeWithoutACheckpoint() {
    // when
    var plan =
        plan(
            TOPIC,
            new Absent(),
            end("a", at(10, 5), at(20, 9)),
            end("b", at(10, 5), at(20, 9)),
            quarantine(at(0, 0), at(3, 3)));

    // then
    assertThat(plan.isNothingToDo()).isTrue();
    assertThat(plan.start()).contains(at(20, 9));
  }

  @Test
  void leavesTheBatchAtHandToAUsableCheckpoint() {
    // given
    var checkpoint = new Planned(range(at(10, 5), at(20, 9)), false);

    // when
    var plan =
        plan(
            TOPIC,
            checkpoint,
            end("a", at(10, 5), at(20, 9)),
            end("b", at(0, 0), at(10, 5)),
            quarantine(at(10, 5), at(20, 9)));

    // then
    assertThat(plan.isNothingToDo()).isTrue();
    assertThat(plan.start()).as("the checkpoint knows").isEmpty();
  }

  @Test
  void bringsASinkThatIsBehindToTheOthersEnd() {
    // when
    var plan =
        plan(
            TOPIC,
            new Absent(),
            end("a", at(10, 5), at(20, 9)),
            end("b", at(0, 0), at(10, 5)),
            noQuarantine());

    // then
    assertThat(plan.slices())
        .singleElement()
        .satisfies(
            slice -> {
              assertThat(slice.range().from()).isEqualTo(at(10, 5));
              assertThat(slice.range().to()).isEqualTo(at(20, 9));
              assertThat(slice.range().time()).isEqualTo(TIME);
              assertThat(slice.due()).containsExactly("b");
              assertThat(slice.tables()).containsExactlyInAnyOrder("a", "b", "q");
            });
    assertThat(plan.start()).contains(at(20, 9));
    assertThat(refused(plan).kind()).isEqualTo(Kind.FENCED);
    assertThat(refused(plan))
        .hasMessageContaining("'b' is at 0:10 1:5")
        .hasMessageContaining("'./icestream recover p.yaml'");
  }

  @Test
  void bringsSinksToTheEndOfAQuarantineThatIsAhead() {
    // when
    var plan =
        plan(
            TOPIC,
            new Absent(),
            end("a", at(0, 0), at(10, 5)),
            end("b", at(0, 0), at(10, 5)),
            quarantine(at(10, 5), at(20, 9)));

    // then
    assertThat(plan.slices())
        .singleElement()
        .satisfies(slice -> assertThat(slice.due()).containsExactly("a", "b"));
    assertThat(plan.start()).contains(at(20, 9));
  }

  @Test
  void cutsAtEachEndAndLeavesOutTablesThatAreFurtherOn() {
    // when: a was restored to an earlier state
    var plan =
        plan(
            TOPIC,
            new Absent(),
            end("a", at(0, 0), at(10, 0)),
            end("b", at(20, 0), at(30, 0)),
            end("c", at(30, 0), at(40, 0)),
            quarantine(at(20, 0), at(30, 0)));

    // then
    assertThat(plan.slices())
        .extracting(slice -> slice.range().from(), slice -> slice.range().to(), Slice::due)
        .containsExactly(
            tuple(at(10, 0), at(20, 0), List.of("a")),
            tuple(at(20, 0), at(30, 0), List.of("a")),
            tuple(at(30, 0), at(40, 0), List.of("a", "b")));
    assertThat(plan.slices().get(0).tables()).containsExactly("a");
    assertThat(plan.slices().get(1).tables()).containsExactlyInAnyOrder("a", "b", "q");
    assertThat(plan.slices().get(2).tables()).containsExactlyInAnyOrder("a", "b", "c", "q");
  }

  @Test
  void cutsWhatNoTableHasAsOneBatchIntoBatchesOfTheLargestSize() {
    // when
    var plan =
        RecoveryPlan.of(
            situation(
                TOPIC,
                new Absent(),
                end("a", at(0, 0), at(10, 0)),
                end("b", at(910, 0), at(930, 0)),
                noQuarantine()),
            400);

    // then
    assertThat(plan.slices())
        .extracting(slice -> slice.range().to())
        .containsExactly(at(310, 0), at(610, 0), at(910, 0), at(930, 0));
  }

  @Test
  void givesTheFirstBatchToSinksThatHaveNothingYet() {
    // when
    var plan =
        plan(
            TOPIC,
            new Absent(),
            first("a", Chain.GAPLESS, at(5, 5), at(10, 9)),
            none("b"),
            noQuarantine());

    // then
    assertThat(plan.obstacles()).isEmpty();
    assertThat(plan.slices())
        .singleElement()
        .satisfies(
            slice -> {
              assertThat(slice.range().from()).isEqualTo(at(5, 5));
              assertThat(slice.range().first()).isTrue();
              assertThat(slice.due()).containsExactly("b");
            });
  }

  @Test
  void givesTheFirstBatchToSinksOfWhichOnlyTheQuarantineHasIt() {
    // when
    var plan = plan(TOPIC, new Absent(), none("a"), first("q", Chain.SPARSE, at(0, 0), at(10, 9)));

    // then
    assertThat(plan.slices())
        .singleElement()
        .satisfies(slice -> assertThat(slice.range().first()).isTrue());
  }

  @Test
  void doesNotTakeALaterBatchOfTheQuarantineForTheFirst() {
    // when: the sinks were dropped, the quarantine has its only rows from batch 7
    var marker = marker(at(70, 0), at(80, 0), 7);
    var q = new SinkEnd("q", Chain.SPARSE, Optional.of(marker), TIME, true);
    var plan = plan(TOPIC, new Absent(), none("a"), q);

    // then
    assertThat(plan.obstacles()).hasSize(1);
    assertThat(refused(plan)).hasMessageContaining("Table 'a' has no rows of this pipeline");
  }

  @Test
  void refusesADroppedTableWhoseBatchesNoOtherTableCanGive() {
    // when
    var plan = plan(TOPIC, new Absent(), none("a"), end("b", at(10, 0), at(20, 0)), noQuarantine());

    // then
    assertThat(plan.isNothingToDo()).isFalse();
    assertThat(plan.slices()).isEmpty();
    assertThat(REFUSAL.ofRecovery(plan, true).orElseThrow().kind()).isEqualTo(Kind.FENCED);
  }

  @Test
  void refusesTablesOfWhichNeitherIsBehindTheOther() {
    // when
    var plan =
        plan(
            TOPIC,
            new Absent(),
            end("a", at(0, 0), at(10, 5)),
            end("b", at(0, 0), at(5, 10)),
            noQuarantine());

    // then
    assertThat(plan.obstacles()).singleElement().asString().contains("neither comes before");
  }

  @Test
  void setsADamagedCheckpointAside() {
    // when
    var plan =
        plan(
            TOPIC,
            new Damaged(List.of("offsets/3 is missing")),
            end("a", at(0, 0), at(10, 5)),
            noQuarantine());

    // then
    assertThat(plan.distrust()).containsExactly("offsets/3 is missing");
    assertThat(plan.start()).contains(at(10, 5));
    assertThat(refused(plan)).hasMessageContaining("/c cannot be used: offsets/3 is missing.");
  }

  @Test
  void setsACheckpointOfYesterdayAside() {
    // given
    var yesterday = new Planned(range(at(0, 0), at(10, 5)), true);

    // when
    var plan =
        plan(
            TOPIC,
            yesterday,
            end("a", at(40, 5), at(50, 9)),
            end("b", at(40, 5), at(50, 9)),
            noQuarantine());

    // then
    assertThat(plan.distrust()).hasSize(2);
    assertThat(plan.slices()).isEmpty();
    assertThat(plan.start()).contains(at(50, 9));
  }

  @Test
  void setsACheckpointAsideThatIsAheadOfATable() {
    // when: the table was rolled back by a batch
    var plan =
        plan(
            TOPIC,
            new Planned(range(at(10, 0), at(20, 0)), true),
            end("a", at(0, 0), at(10, 0)),
            noQuarantine());

    // then
    assertThat(plan.distrust()).hasSize(1);
    assertThat(plan.start()).contains(at(10, 0));
  }

  @Test
  void setsAStartAsideFromWhichTheTablesHaveMovedOn() {
    // when: somebody has deleted the offsets of a checkpoint and left the rest
    var plan = plan(TOPIC, new Started(at(0, 0)), end("a", at(0, 0), at(10, 0)), noQuarantine());

    // then
    assertThat(plan.distrust()).hasSize(1);
  }

  @Test
  void trustsACheckpointWhoseFirstBatchesWereEmpty() {
    // when
    var planned = new Planned(range(at(0, 0), at(0, 0)), true);
    var plan = plan(TOPIC, planned, none("a"), noQuarantine());

    // then
    assertThat(plan.isNothingToDo()).isTrue();
  }

  @Test
  void namesWhatKafkaHasDeleted() {
    // given
    var topic = topic("new", Map.of(0, 15L, 1, 5L), Map.of(0, 100L, 1, 100L));

    // when
    var plan =
        plan(
            topic,
            new Planned(range(at(0, 0), at(10, 5)), true),
            end("a", at(0, 0), at(10, 5)),
            quarantine(at(0, 0), at(3, 3)));

    // then
    assertThat(plan.gaps())
        .containsExactly(new Gap("new", 0, 10, OptionalLong.of(15), Reason.DELETED, List.of("a")));
    assertThat(plan.moves())
        .containsExactly(
            new Move("q", at(10, 5), at(15, 5), 5), new Move("a", at(10, 5), at(15, 5), 5));
    assertThat(plan.start()).contains(at(15, 5));
    assertThat(plan.distrust()).as("the checkpoint leads into the gap").hasSize(1);
    assertThat(refused(plan).kind()).isEqualTo(Kind.DATA_LOSS);
    assertThat(refused(plan))
        .hasMessageContaining("Topic 'iot'")
        .hasMessageContaining("partition 0 [10,15), 5 offsets")
        .hasMessageContaining("'./icestream recover p.yaml --accept-gap'");
    assertThat(REFUSAL.ofRecovery(plan, true)).isEmpty();
  }

  @Test
  void givesASinkWhatIsLeftOfABatchBehindAGap() {
    // given
    var topic = topic("new", Map.of(0, 15L), Map.of(0, 100L));

    // when
    var plan =
        plan(
            topic, new Absent(), end("a", at(10), at(20)), end("b", at(0), at(10)), noQuarantine());

    // then
    assertThat(plan.gaps())
        .containsExactly(new Gap("new", 0, 10, OptionalLong.of(15), Reason.DELETED, List.of("b")));
    assertThat(plan.moves()).containsExactly(new Move("b", at(10), at(15), 5));
    assertThat(plan.slices())
        .singleElement()
        .satisfies(
            slice -> {
              assertThat(slice.range().from()).isEqualTo(at(15));
              assertThat(slice.range().to()).isEqualTo(at(20));
            });
  }

  @Test
  void isNotTroubledByDeletedRecordsThatTheTablesHave() {
    // given
    var topic = topic("new", Map.of(0, 10L), Map.of(0, 100L));

    // when
    var plan = plan(topic, new Absent(), end("a", at(0), at(10)), quarantine(at(0), at(3)));

    // then
    assertThat(plan.isNothingToDo()).isTrue();
  }

  @Test
  void readsANewPartitionFromZeroAndMissesWhatItLacks() {
    // given
    var whole = topic("new", Map.of(0, 0L, 1, 0L), Map.of(0, 100L, 1, 50L));
    var cut = topic("new", Map.of(0, 0L, 1, 7L), Map.of(0, 100L, 1, 50L));

    // when
    var plan = plan(whole, new Absent(), end("a", at(0), at(10)), noQuarantine());
    var loss = plan(cut, new Absent(), end("a", at(0), at(10)), noQuarantine());

    // then
    assertThat(plan.isNothingToDo()).isTrue();
    assertThat(loss.gaps())
        .containsExactly(new Gap("new", 1, 0, OptionalLong.of(7), Reason.DELETED, List.of("a")));
  }

  @Test
  void noticesATopicThatEndsBeforeTheTables() {
    // given
    var topic = topic("new", Map.of(), Map.of(0, 8L));

    // when
    var plan = plan(topic, new Absent(), end("a", at(0), at(10)), quarantine(at(0), at(10)));

    // then
    assertThat(plan.gaps())
        .containsExactly(
            new Gap("new", 0, 8, OptionalLong.empty(), Reason.TRUNCATED, List.of("a")));
    assertThat(plan.moves())
        .containsExactly(new Move("q", at(10), at(8), 0), new Move("a", at(10), at(8), 0));
    assertThat(plan.start()).contains(at(8));
  }

  @Test
  void noticesATopicThatWasCreatedAgainEvenIfItHasGrownPastTheTables() {
    // given
    var old = new TopicOffsets("old", new TreeMap<>(Map.of(0, 10L)));

    // when
    var plan =
        plan(
            topic("new", Map.of(0, 3L), Map.of(0, 100L)),
            new Planned(range(at(0), at(10)), true),
            end("a", old, old),
            quarantine(old, old));

    // then
    assertThat(plan.gaps())
        .containsExactly(
            new Gap("old", 0, 10, OptionalLong.empty(), Reason.RECREATED, List.of("a")));
    assertThat(plan.moves())
        .containsExactly(new Move("q", old, at(3), 0), new Move("a", old, at(3), 0));
    assertThat(plan.start()).contains(at(3));
    assertThat(refused(plan)).hasMessageContaining("from 10 on, nobody knows how many offsets");
  }

  @Test
  void finishesWhatWasKilledBetweenTwoMoves() {
    // given
    var old = new TopicOffsets("old", new TreeMap<>(Map.of(0, 10L)));
    var topic = topic("new", Map.of(0, 3L), Map.of(0, 100L));

    // when
    var plan = plan(topic, new Absent(), end("a", old, at(3)), end("b", old, old), noQuarantine());

    // then
    assertThat(plan.moves()).containsExactly(new Move("b", old, at(3), 0));
    assertThat(plan.slices()).isEmpty();
    assertThat(plan.start()).contains(at(3));
  }

  @Test
  void recordsTheGapOfAPipelineThatHasCommittedNothingYet() {
    // given
    var topic = topic("new", Map.of(0, 30L), Map.of(0, 100L));

    // when
    var planned = new Planned(range(at(5), at(20)), false);
    var plan = plan(topic, planned, none("a"), noQuarantine());

    // then
    assertThat(plan.gaps())
        .containsExactly(new Gap("new", 0, 5, OptionalLong.of(30), Reason.DELETED, List.of("a")));
    assertThat(plan.moves()).containsExactly(new Move("a", at(5), at(30), 25));
    assertThat(plan.start()).contains(at(30));
  }

  @Test
  void cutsWhereTheTablesOfValuesEnd() {
    // given: x and y of sink b have the newest batch, z has had no row since long
    var x = sparse("b_x", at(10, 5), at(20, 9));
    var y = sparse("b_y", at(10, 5), at(20, 9));
    var z = sparse("b_z", at(0, 0), at(3, 3));

    // when
    var plan =
        plan(
            TOPIC,
            new Absent(),
            end("a", at(0, 0), at(10, 5)),
            end("b", at(0, 0), at(10, 5)),
            x,
            y,
            z,
            noQuarantine());

    // then
    assertThat(plan.obstacles()).isEmpty();
    assertThat(plan.slices())
        .extracting(slice -> slice.range().to(), Slice::tables, Slice::due)
        .containsExactly(
            tuple(at(20, 9), Set.of("a", "b", "b_x", "b_y", "b_z", "q"), List.of("a", "b")));
    assertThat(plan.start()).contains(at(20, 9));
  }

  @Test
  void leavesTablesOfValuesOutOfBatchesThatTheyHave() {
    // given: another sink was rolled back
    var plan =
        plan(
            TOPIC,
            new Absent(),
            end("a", at(0, 0), at(10, 5)),
            end("b", at(20, 9), at(30, 9)),
            sparse("b_x", at(10, 5), at(20, 9)),
            sparse("b_y", at(20, 9), at(30, 9)),
            noQuarantine());

    // when, then
    assertThat(plan.slices())
        .extracting(slice -> slice.range().to(), Slice::tables)
        .containsExactly(
            tuple(at(20, 9), Set.of("a", "b_x", "q")),
            tuple(at(30, 9), Set.of("a", "b", "b_x", "b_y", "q")));
  }

  @Test
  void doesNotTrustACheckpointThatATableOfAValueIsAheadOf() {
    // when
    var plan =
        plan(
            TOPIC,
            new Planned(range(at(0, 0), at(10, 5)), true),
            end("b", at(0, 0), at(10, 5)),
            sparse("b_x", at(10, 5), at(20, 9)),
            noQuarantine());

    // then
    assertThat(plan.distrust())
        .singleElement()
        .asString()
        .endsWith("is done and ended at 0:10 1:5, and 'b_x' is at 0:20 1:9");
  }

  private static SinkEnd sparse(String table, TopicOffsets from, TopicOffsets to) {
    return new SinkEnd(table, Chain.SPARSE, Optional.of(marker(from, to, 7)), TIME, false);
  }

  private static PipelineFailure refused(RecoveryPlan plan) {
    return REFUSAL.ofStart(plan).orElseThrow();
  }

  private static RecoveryPlan plan(
      TopicBounds topic, CheckpointState checkpoint, SinkEnd... tables) {
    return RecoveryPlan.of(situation(topic, checkpoint, tables), 100_000);
  }

  private static Situation situation(
      TopicBounds topic, CheckpointState checkpoint, SinkEnd... tables) {
    return new Situation(topic, checkpoint, List.of(tables));
  }

  private static SinkEnd none(String table) {
    return new SinkEnd(table, Chain.GAPLESS, Optional.empty(), Instant.EPOCH, false);
  }

  private static SinkEnd noQuarantine() {
    return new SinkEnd("q", Chain.SPARSE, Optional.empty(), Instant.EPOCH, false);
  }

  private static SinkEnd end(String table, TopicOffsets from, TopicOffsets to) {
    return new SinkEnd(table, Chain.GAPLESS, Optional.of(marker(from, to, 7)), TIME, false);
  }

  private static SinkEnd quarantine(TopicOffsets from, TopicOffsets to) {
    return new SinkEnd("q", Chain.SPARSE, Optional.of(marker(from, to, 7)), TIME, false);
  }

  private static SinkEnd first(String table, Chain chain, TopicOffsets from, TopicOffsets to) {
    return new SinkEnd(table, chain, Optional.of(marker(from, to, 0)), TIME, true);
  }

  private static Marker marker(TopicOffsets from, TopicOffsets to, long batch) {
    return new Marker(
        from,
        to,
        batch,
        "1.0",
        new Ledger(0, 0, 0, 0, 0, 0, 0, 0),
        EventTimes.NONE,
        EventTimes.NONE,
        Map.of(),
        Map.of(),
        Origin.UNKNOWN,
        0);
  }

  /** A batch that no batch was before. */
  private static BatchRange range(TopicOffsets from, TopicOffsets to) {
    return new BatchRange(7, from, to, TIME, true);
  }

  private static TopicOffsets at(long... offsets) {
    SortedMap<Integer, Long> partitions = new TreeMap<>();
    for (int partition = 0; partition < offsets.length; partition++) {
      partitions.put(partition, offsets[partition]);
    }
    return new TopicOffsets("new", partitions);
  }

  private static TopicBounds topic(
      String id, Map<Integer, Long> earliest, Map<Integer, Long> latest) {
    return new TopicBounds("iot", id, new TreeMap<>(earliest), new TreeMap<>(latest));
  }
}
