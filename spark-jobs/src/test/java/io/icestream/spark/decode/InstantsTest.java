/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {
  private static final DateTimeFormatter APACHE =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.US);

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:34:56Z, 2026-01-31T12:34:56Z",
    "2026-01-31 12:34:56, 2026-01-31T12:34:56Z",
    "2026-01-31T12:34:56.5Z, 2026-01-31T12:34:56.500Z",
    "2026-01-31T12:34:56.123456Z, 2026-01-31T12:34:56.123456Z",
    "2026-01-31T12:34:56.123456789Z, 2026-01-31T12:34:56.123456Z",
    "2026-01-31T12:34:56+02, 2026-01-31T10:34:56Z",
    "2026-01-31T12:34:56+0230, 2026-01-31T10:04:56Z",
    "2026-01-31T12:34:56-02:30, 2026-01-31T15:04:56Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
    "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "2026-01-31T12:34:56+18:00, 2026-01-30T18:34:56Z"
  })
  void readsIso(String text, Instant expected) {
    assertThat(Instants.iso(text)).isEqualTo(micros(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-01-31",
        "2026-01-31T12:34Z",
        "2026-01-31T12:34:56.Z",
        "2026-01-31T12:34:56.1234567890Z",
        "2026-01-31T12:34:56,5Z",
        "2026-01-31t12:34:56Z",
        "2026-01-31T12:34:56z",
        "2026-01-31T12:34:56 Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T12:60:00Z",
        "2026-01-31T12:34:60Z",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-31T12-34-56Z",
        "2026/01/31T12:34:56Z",
        "+2026-1-31T12:34:56Z",
        "2026-01-31T12:34:56+2",
        "2026-01-31T12:34:56+02:0",
        "2026-01-31T12:34:56+02:60",
        "2026-01-31T12:34:56+0:200",
        "2026-01-31T12:34:56+:02",
        "2026-01-31T12:34:56+02:",
        "2026-01-31T12:34:56+19:00",
        "2026-01-31T12:34:56+18:01",
        "2026-01-31T12:34:56 +02:00",
        "2026-01-31T12:34:56ZZ",
        "2026-01-31T12:34:56Europe/Berlin",
        "2026-01-31T12:34:56.\u0665Z",
        "\u0662026-01-31T12:34:56Z",
        " 2026-01-31T12:34:56Z",
        "1767225600",
        "not a time, but longer than one"
      })
  void rejectsAnythingElseAsIso(String text) {
    assertThatThrownBy(() -> Instants.iso(text)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void agreesWithJavaTimeOnIso() {
    // given
    var random = new Random(17);
    for (int i = 0; i < 20_000; i++) {
      var expected = randomTime(random);
      var text = expected.truncatedTo(ChronoUnit.MICROS).toString();
      text = text.matches(".*T\\d\\d:\\d\\d[Z+-].*") ? expected.withSecond(1).toString() : text;

      // when
      long micros = Instants.iso(text);

      // then
      assertThat(micros).as(text).isEqualTo(micros(OffsetDateTime.parse(text).toInstant()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "17/May/2015:10:05:03 +0000, 2015-05-17T10:05:03Z",
    "01/Jan/1970:00:00:00 +0000, 1970-01-01T00:00:00Z",
    "29/Feb/2024:23:59:59 -0830, 2024-03-01T08:29:59Z",
    "31/Dec/1969:23:59:59 +0000, 1969-12-31T23:59:59Z"
  })
  void readsApache(String text, Instant expected) {
    assertThat(Instants.apache(text)).isEqualTo(micros(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "17/May/2015:10:05:03",
        "17/may/2015:10:05:03 +0000",
        "17/anF/2015:10:05:03 +0000",
        "17/Mai/2015:10:05:03 +0000",
        "30/Feb/2015:10:05:03 +0000",
        "17/May/2015 10:05:03 +0000",
        "17/May/2015:25:05:03 +0000",
        "17/May/2015:10:05:03 +00:0",
        "17/May/2015:10:05:03 +0060",
        "17/May/2015:10:05:03 UTC+0",
        "7/May/2015:10:05:03 +00000",
        "17-May-2015:10:05:03 +0000"
      })
  void rejectsAnythingElseAsApache(String text) {
    assertThatThrownBy(() -> Instants.apache(text)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void agreesWithJavaTimeOnApache() {
    // given
    var random = new Random(18);
    for (int i = 0; i < 5_000; i++) {
      var expected = randomTime(random).truncatedTo(ChronoUnit.SECONDS);
      var text = APACHE.format(expected);

      // when
      long micros = Instants.apache(text);

      // then
      assertThat(micros).as(text).isEqualTo(micros(expected.toInstant()));
    }
  }

  @Test
  void readsDays() {
    assertThat(Instants.isoDay("1970-01-01")).isZero();
    assertThat(Instants.isoDay("1969-12-31")).isEqualTo(-1);
    assertThat(Instants.isoDay("2026-01-31"))
        .isEqualTo((int) LocalDate.of(2026, 1, 31).toEpochDay());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2026-1-31", "2026-02-30", "2026-01-31T00:00:00Z", "20260131", "a026-01-31"})
  void rejectsAnythingElseAsDay(String text) {
    assertThatThrownBy(() -> Instants.isoDay(text)).isInstanceOf(DateTimeException.class);
  }

  /** Years 1 to 9999, whole minutes of offset. */
  private static OffsetDateTime randomTime(Random random) {
    long second = random.nextLong(-62_135_596_800L + 86_400, 253_402_300_799L - 86_400);
    var instant = Instant.ofEpochSecond(second, random.nextInt(1_000_000) * 1_000L);
    var offset = ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 60, 18 * 60 + 1) * 60);
    return instant.atOffset(offset);
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
