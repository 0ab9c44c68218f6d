/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.metric.Metric;
import io.icestream.spark.commit.CommitReports;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.commit.Origin;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.decode.EventTimes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the ledger of a commit becomes. */
class LedgerMetersTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LedgerMeters meters =
      new LedgerMeters(
          new Meters(registry, "iot"), new TableNames(List.of("iot.readings", "iot.quarantine")));

  @Test
  void countsEachPartOfTheLedger() {
    // when
    meters.committed("iot.readings", marker(new Ledger(20, 15, 1, 2, 3, 4, 0, 5)), NOON);
    meters.committed("iot.readings", marker(new Ledger(20, 15, 1, 2, 3, 4, 0, 5)), NOON);

    // then
    assertThat(count(Metric.ROWS_WRITTEN)).isEqualTo(2);
    assertThat(count(Metric.ROWS_UPDATED)).isEqualTo(4);
    assertThat(count(Metric.ROWS_FILTERED)).isEqualTo(6);
    assertThat(count(Metric.ROWS_DEDUPLICATED)).isEqualTo(8);
    assertThat(count(Metric.ROWS_LATE)).isEqualTo(10);
    assertThat(count(Metric.COMMITS)).isEqualTo(2);
  }

  @Test
  void measuresTheDelayFromTheNewestEventOfAllPartitions() {
    // when
    meters.committed("iot.readings", marker(new Ledger(0, 0, 0, 0, 0, 0, 0, 0)), NOON);

    // then
    assertThat(registry.get(Metric.EVENT_DELAY.key()).gauge().value()).isEqualTo(30);
  }

  @Test
  void showsCountersBeforeTheyCount() {
    assertThat(count(Metric.ROWS_WRITTEN)).isZero();
    assertThat(registry.find(Metric.ROWS_QUARANTINED.key()).tag("rule", "decode").counter())
        .isNotNull();
  }

  @Test
  void countsAttemptsBeyondTheFirst() {
    // when
    meters.reported(new CommitReports.Commit("lake.iot.readings", 1_500, 3, 4, 1_000));
    meters.reported(new CommitReports.Commit("lake.iot.readings", 500, 1, 0, 0));
    meters.reported(new CommitReports.Commit("lake.ref.devices", 500, 9, 0, 0));

    // then
    assertThat(count(Metric.COMMIT_SECONDS)).isEqualTo(2);
    assertThat(count(Metric.COMMIT_RETRIES)).isEqualTo(2);
    assertThat(count(Metric.FILES_ADDED)).isEqualTo(4);
    assertThat(count(Metric.BYTES_ADDED)).isEqualTo(1_000);
  }

  private double count(Metric metric) {
    return registry
        .get(metric.key())
        .tags("pipeline", "iot", "table", "iot.readings")
        .counter()
        .count();
  }

  private static Marker marker(Ledger ledger) {
    TopicOffsets none = new TopicOffsets("t", new TreeMap<>());
    EventTimes times =
        new EventTimes(
            new TreeMap<>(
                Map.of(
                    0, NOON.minusSeconds(90).toEpochMilli() * 1_000,
                    1, NOON.minusSeconds(30).toEpochMilli() * 1_000)));
    return new Marker(
        none,
        none,
        1,
        "1.0",
        ledger,
        EventTimes.NONE,
        times,
        Map.of(),
        Map.of(),
        Origin.UNKNOWN,
        0);
  }
}
