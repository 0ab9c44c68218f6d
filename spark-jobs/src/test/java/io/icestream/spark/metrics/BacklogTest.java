/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.metric.Metric;
import io.icestream.spark.source.PartitionLag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What waits, of the worst partition. */
class BacklogTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void takesTheAgeOfThePartitionThatStandsStill() {
    // given
    PartitionLag fresh = new PartitionLag(0, 90, 100, before(1), Optional.empty());
    PartitionLag stalled = new PartitionLag(0, 5, 6, before(3_600), Optional.empty());

    // when
    Backlog backlog = Backlog.of(List.of(fresh, stalled), NOON);

    // then
    assertThat(backlog).isEqualTo(new Backlog(11, 3_600, Metric.WEEK_SECONDS));
  }

  @Test
  void isNothingWhereEverythingIsRead() {
    // given
    PartitionLag drained = new PartitionLag(0, 100, 100, Optional.empty(), Optional.empty());

    // when
    Backlog backlog = Backlog.of(List.of(drained), NOON);

    // then
    assertThat(backlog).isEqualTo(new Backlog(0, 0, Metric.WEEK_SECONDS));
  }

  @Test
  void countsNoRecordsThatKafkaHasDeleted() {
    // given
    PartitionLag lost = new PartitionLag(50, 10, 60, before(10), before(10));

    // when
    Backlog backlog = Backlog.of(List.of(lost), NOON);

    // then
    assertThat(backlog).isEqualTo(new Backlog(10, 10, 0));
  }

  @Test
  void measuresTheDistanceFromWhereKafkaDeletes() {
    // given
    PartitionLag far = new PartitionLag(5, 90, 100, before(60), before(86_460));
    PartitionLag near = new PartitionLag(5, 10, 100, before(600), before(1_800));

    // when
    Backlog backlog = Backlog.of(List.of(far, near), NOON);

    // then
    assertThat(backlog.headroomSeconds()).isEqualTo(1_200);
  }

  @Test
  void hasNoNegativeAgeWhereClocksDiffer() {
    // given
    PartitionLag ahead = new PartitionLag(0, 0, 1, before(-30), Optional.empty());

    // when
    Backlog backlog = Backlog.of(List.of(ahead), NOON);

    // then
    assertThat(backlog.ageSeconds()).isZero();
  }

  @Test
  void estimatesTheDrainByTheSpeedOfTheLastMinutes() {
    // given
    DrainEstimate estimate = new DrainEstimate();

    // then
    assertThat(estimate.after(NOON, 1_000)).isEqualTo(Metric.WEEK_SECONDS);
    assertThat(estimate.after(NOON.plusSeconds(10), 900)).isEqualTo(90);
    assertThat(estimate.after(NOON.plusSeconds(20), 1_200)).isEqualTo(Metric.WEEK_SECONDS);
    assertThat(estimate.after(NOON.plusSeconds(30), 0)).isZero();
  }

  private static Optional<Instant> before(long seconds) {
    return Optional.of(NOON.minusSeconds(seconds));
  }
}
