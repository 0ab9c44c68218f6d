/* SPDX-License-Identifier: MIT */
package io.icestream.spark.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.commit.MarkerLog;
import io.icestream.spark.commit.MarkerLog.Entry;
import io.icestream.spark.commit.Origin;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.decode.EventTimes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChainAuditTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void findsNothingWrongWithBatchesThatFollowEachOther() {
    // when
    var audit = audit(Chain.GAPLESS, batch(0, 0, 5), batch(1, 5, 5), batch(2, 5, 9));

    // then
    assertThat(audit.isSound()).isTrue();
    assertThat(audit.entries()).hasSize(3);
    assertThat(audit.lost()).isZero();
  }

  @Test
  void findsAGap() {
    // when
    var audit = audit(Chain.GAPLESS, batch(0, 0, 5), batch(1, 7, 9));

    // then
    assertThat(audit.problems())
        .containsExactly("Gap of 2 offsets: batch 1 begins at 0:7, and batch 0 ended at 0:5");
  }

  @Test
  void findsBatchesThatOverlap() {
    // when
    var audit = audit(Chain.GAPLESS, batch(0, 0, 5), batch(1, 3, 9));

    // then
    assertThat(audit.problems())
        .containsExactly("Overlap: batch 1 begins at 0:3, and batch 0 ended at 0:5");
  }

  @Test
  void letsAQuarantineTableMissBatchesAndNotRepeatThem() {
    assertThat(audit(Chain.SPARSE, batch(0, 0, 5), batch(4, 7, 9)).isSound()).isTrue();
    assertThat(audit(Chain.SPARSE, batch(0, 0, 5), batch(1, 4, 9)).isSound()).isFalse();
  }

  @Test
  void findsALedgerThatDoesNotBalance() {
    // given
    var wrong = batch(0, 0, 5, "t", 0, new Ledger(5, 5, 4, 0, 0, 0, 0, 0), 0);

    // when, then
    assertThat(audit(Chain.GAPLESS, wrong).problems())
        .containsExactly("The ledger of batch 0 does not balance: 5 read = 4 written");
  }

  @Test
  void findsTheTopicChangedAndAnOlderDriverAfterANewerOne() {
    // given
    var ledger = new Ledger(0, 0, 0, 0, 0, 0, 0, 0);
    var first = batch(0, 0, 5, "t", 2, ledger, 0);
    var other = batch(1, 5, 9, "u", 2, ledger, 0);
    var older = batch(2, 9, 10, "u", 1, ledger, 0);

    // when, then
    assertThat(audit(Chain.GAPLESS, first, other, older).problems())
        .containsExactly(
            "Batch 1 is of topic u, and batch 0 of topic t",
            "Batch 2 was committed by the driver of epoch 1 after one of epoch 2");
  }

  @Test
  void saysHowManyOffsetsAreLostForGood() {
    // given
    var gap = batch(1, 5, 9, "t", 1, new Ledger(0, 0, 0, 0, 0, 0, 0, 0), 4);

    // when
    var audit = audit(Chain.GAPLESS, batch(0, 0, 5), gap);

    // then
    assertThat(audit.isSound()).isTrue();
    assertThat(audit.lost()).isEqualTo(4);
  }

  @Test
  void takesWhatWasAskedForAndChecksItsBeginningToo() {
    // given
    var log = List.of(batch(0, 0, 5), batch(1, 7, 9), batch(2, 9, 10), batch(3, 12, 13));

    // when
    var audit = audit(log, "1", "2");

    // then
    assertThat(audit.entries()).extracting(e -> e.marker().batch()).containsExactly(1L, 2L);
    assertThat(audit.problems())
        .containsExactly("Gap of 2 offsets: batch 1 begins at 0:7, and batch 0 ended at 0:5");
    assertThat(audit(log, "2026-01-31T12:00:02Z", "2026-02-01").entries()).hasSize(2);
    assertThat(audit(log, "2026-02-01", "2026-02-02").entries()).isEmpty();
  }

  @Test
  void passesOnThatATableWasRolledBack() {
    // given
    var log = new MarkerLog("t", List.of(batch(0, 0, 5)), true, Optional.of("Rolled back."));

    // when
    var audit = ChainAudit.of(log, Chain.GAPLESS, Optional.empty(), Optional.empty());

    // then
    assertThat(audit.problems()).containsExactly("Rolled back.");
    assertThat(audit.expired()).isTrue();
  }

  @Test
  void saysHowABoundIsWritten() {
    assertThatThrownBy(() -> Bound.parse("yesterday"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected a batch number, a time such as 2026-01-31T12:00:00Z or a day such as"
                + " 2026-01-31, found 'yesterday'");
  }

  private static ChainAudit audit(Chain chain, Entry... entries) {
    var log = new MarkerLog("t", List.of(entries), false, Optional.empty());
    return ChainAudit.of(log, chain, Optional.empty(), Optional.empty());
  }

  private static ChainAudit audit(List<Entry> entries, String from, String to) {
    var log = new MarkerLog("t", entries, false, Optional.empty());
    return ChainAudit.of(
        log, Chain.GAPLESS, Optional.of(Bound.parse(from)), Optional.of(Bound.parse(to)));
  }

  private static Entry batch(long number, long from, long to) {
    long rows = to - from;
    return batch(number, from, to, "t", 0, new Ledger(rows, rows, rows, 0, 0, 0, 0, 0), 0);
  }

  private static Entry batch(
      long number, long from, long to, String topic, long epoch, Ledger ledger, long gap) {
    Marker marker =
        new Marker(
            at(topic, from),
            at(topic, to),
            number,
            "1.0",
            ledger,
            EventTimes.NONE,
            EventTimes.NONE,
            Map.of(),
            Map.of(),
            new Origin("", "", epoch, "", 0, "", ""),
            gap);
    return new Entry(100 + number, NOON.plusSeconds(number), marker);
  }

  private static TopicOffsets at(String topic, long offset) {
    return new TopicOffsets(topic, new TreeMap<>(Map.of(0, offset)));
  }
}
