/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventAgesTest {
  private static final Instant COUNTED = Instant.parse("2026-01-31T12:00:00Z");
  private static final long SINCE = TimeUnit.SECONDS.toMicros(COUNTED.getEpochSecond());

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 15, 16, 17, 31, 32, 100, 999, 60_000, 3_600_000, 31_536_000_000L})
  void knowsAnAgeToAThirtieth(long millis) {
    // when
    EventAges ages = of(millis);

    // then
    double seconds = millis / 1e3;
    assertThat(ages.seconds(0.5, COUNTED).orElseThrow())
        .isCloseTo(seconds, within(seconds / 30 + 0.001));
  }

  @Test
  void tellsHalfAndMostOfTheRowsApart() {
    // given 98 rows of a second, and two of an hour
    EventAges.Counter counter = new EventAges.Counter(SINCE);
    for (int i = 0; i < 98; i++) {
      counter.add(SINCE - 1_000_000);
    }
    counter.add(SINCE - 3_600_000_000L);
    counter.add(SINCE - 3_600_000_000L);

    // when
    EventAges ages = counter.ages();

    // then
    assertThat(ages.seconds(0.5, COUNTED).orElseThrow()).isCloseTo(1, within(0.04));
    assertThat(ages.seconds(0.98, COUNTED).orElseThrow()).isCloseTo(1, within(0.04));
    assertThat(ages.seconds(0.99, COUNTED).orElseThrow()).isCloseTo(3600, within(120.0));
  }

  @Test
  void addsTheTimeUntilTheCommitAsItIs() {
    assertThat(of(1_000).seconds(0.5, COUNTED.plusSeconds(90)).orElseThrow())
        .isCloseTo(91, within(0.04));
  }

  @Test
  void takesTheTasksOfABatchTogether() {
    // when
    EventAges both = of(1_000).and(of(60_000)).and(EventAges.NONE);

    // then
    assertThat(both.seconds(0.5, COUNTED).orElseThrow()).isCloseTo(1, within(0.04));
    assertThat(both.seconds(1, COUNTED).orElseThrow()).isCloseTo(60, within(2.0));
    assertThat(EventAges.NONE.seconds(0.5, COUNTED)).isEmpty();
  }

  @Test
  void takesAnEventOfTheFutureForOneOfNowAndOneOfLongAgoForOld() {
    assertThat(of(-5_000).seconds(1, COUNTED).orElseThrow()).isLessThan(0.001);
    EventAges.Counter counter = new EventAges.Counter(SINCE);
    counter.add(Long.MIN_VALUE / 2);
    assertThat(counter.ages().seconds(1, COUNTED).orElseThrow()).isGreaterThan(1e9);
  }

  private static EventAges of(long millis) {
    EventAges.Counter counter = new EventAges.Counter(SINCE);
    counter.add(SINCE - millis * 1_000);
    return counter.ages();
  }
}
