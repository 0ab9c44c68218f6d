/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTimeTest {
  private final PlainTime times = new PlainTime();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T10:00:00Z",
        "2024-02-29T23:59:59.999999999Z",
        "1969-12-31T23:59:59.5Z",
        "0000-01-01T00:00:00.000001Z",
        "9999-12-31T23:59:59.123456Z"
      })
  void readsATimeAsTheCalendarHasIt(String text) {
    // given
    Instant instant = Instant.parse(text);

    // when, then
    assertThat(micros(text))
        .isEqualTo(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-01-31",
        "2026-01-31T10:00:00",
        "2026-01-31 10:00:00Z",
        "2026-01-31T10:00:00+00:00",
        "2026-02-30T10:00:00Z",
        "2026-13-01T10:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T10:60:00Z",
        "2026-01-31T10:00:60Z",
        "2026-01-31T10:00:00.Z",
        "2026-01-31T10:00:00.1234567890Z",
        "2026-01-31T10:00:00.12x4Z",
        "2026-01-31T1o:00:00Z",
        "20x6-01-31T10:00:00Z",
        "2026/01/31T10:00:00Z"
      })
  void leavesWhatIsNotPlain(String text) {
    assertThat(micros(text)).isEqualTo(PlainTime.NOT_PLAIN);
  }

  @Test
  void agreesWithTheReaderOfAllTimes() {
    // given
    Random random = new Random(5);
    int taken = 0;

    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("2026-01-31T10:59:00.123456Z");
      if (i % 2 == 0) {
        text.setCharAt(
            random.nextInt(text.length()), "0123456789.:-TZ x".charAt(random.nextInt(17)));
      } else {
        text.setCharAt(9, (char) ('0' + random.nextInt(10)));
        text.setCharAt(6, (char) ('0' + random.nextInt(10)));
      }

      // when
      long micros = micros(text.toString());

      // then
      if (micros != PlainTime.NOT_PLAIN) {
        taken++;
        assertThat(micros).as(text.toString()).isEqualTo(strictly(text.toString()));
      }
    }
    assertThat(taken).isGreaterThan(4_000);
  }

  private static long strictly(String text) {
    try {
      return Instants.iso(text);
    } catch (DateTimeException e) {
      return PlainTime.NOT_PLAIN;
    }
  }

  private long micros(String text) {
    byte[] padded = ("\"" + text + "\"").getBytes(ISO_8859_1);
    return times.micros(padded, 1, padded.length - 1);
  }
}
