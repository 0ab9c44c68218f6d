/* SPDX-License-Identifier: MIT */
package io.icestream.spark.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void keepsFiveDaysAndFiveHundredSnapshotsUnlessTheTableSaysOtherwise() {
    assertThat(Retention.of(Map.of())).isEqualTo(new Retention(Duration.ofDays(5), 1, 500));
    assertThat(
            Retention.of(
                Map.of(
                    "history.expire.max-snapshot-age-ms", "60000",
                    "history.expire.min-snapshots-to-keep", "3",
                    "history.expire.max-snapshots-to-keep", "7")))
        .isEqualTo(new Retention(Duration.ofMinutes(1), 3, 7));
  }

  @Test
  void keepsNoFewerThanTheLeastThoughTheMostIsLess() {
    assertThat(
            Retention.of(
                Map.of(
                    "history.expire.min-snapshots-to-keep", "9",
                    "history.expire.max-snapshots-to-keep", "0")))
        .isEqualTo(new Retention(Duration.ofDays(5), 9, 9));
    assertThat(Retention.of(Map.of("history.expire.min-snapshots-to-keep", "0")).least())
        .as("the current snapshot cannot expire")
        .isEqualTo(1);
  }

  @Test
  void keepsWhatIsYoung() {
    // given
    Retention retention = new Retention(Duration.ofSeconds(100), 5, 50);

    // when, then: one snapshot a second
    assertThat(retention.kept(history(20), NOW)).as("all are young").isEqualTo(20);
    assertThat(retention.kept(history(200), NOW)).as("too many are young").isEqualTo(50);
    assertThat(retention.kept(history(200), NOW.plusSeconds(80))).as("21 are young").isEqualTo(21);
    assertThat(retention.kept(history(200), NOW.plusSeconds(500))).as("none is young").isEqualTo(5);
  }

  @Test
  void waitsUntilAnExpiryPays() {
    // given
    Retention few = new Retention(Duration.ofDays(1), 1, 10);
    Retention many = new Retention(Duration.ofDays(1), 1, 500);

    // when, then
    assertThat(few.isDue(history(30), NOW)).isFalse();
    assertThat(few.isDue(history(31), NOW)).isTrue();
    assertThat(many.isDue(history(600), NOW)).isFalse();
    assertThat(many.isDue(history(601), NOW)).isTrue();
  }

  private static List<Instant> history(int snapshots) {
    return IntStream.range(0, snapshots).mapToObj(NOW::minusSeconds).toList();
  }
}
