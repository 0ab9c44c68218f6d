/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.record.RecordClass;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebLogsTest {

  private static final Pattern COMBINED =
      Pattern.compile(
          "(\\d{1,3}(?:\\.\\d{1,3}){3}) \\S+ (\\S+) \\[([^\\]]+)\\] \"([A-Z]+) (/\\S*) (HTTP/\\d\\.\\d)\" (\\d{3}) (\\d+|-)"
              + " \"((?:[^\"\\\\]|\\\\.)*)\" \"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH);

  private final Drawn drawn = Drawn.from(200, WebLogs::new);

  @ParameterizedTest
  @EnumSource(names = "MALFORMED", mode = EnumSource.Mode.EXCLUDE)
  void writesCombinedLines(RecordClass recordClass) {
    // when
    var lines = drawn.texts(recordClass).toList();

    // then
    assertThat(lines).isNotEmpty().allMatch(WebLogsTest::isCombined);
  }

  @Test
  void damagesMalformedLinesBeyondParsing() {
    // when
    var lines = drawn.texts(RecordClass.MALFORMED).toList();

    // then each is of one of the kinds, all of which come up
    assertThat(lines).isNotEmpty().noneMatch(WebLogsTest::isCombined);
    assertThat(lines)
        .anyMatch(line -> line.startsWith("{"))
        .anyMatch(line -> line.startsWith("\u0016\u0003"))
        .anyMatch(line -> line.contains("[32/Foo/2015:25:61:61 +0000]"))
        .anyMatch(line -> Character.isDigit(line.charAt(0)) && !line.contains("HTTP"));
  }

  @Test
  void resemblesRealTraffic() {
    // when
    var lines = drawn.texts(RecordClass.GOOD).map(WebLogsTest::match).toList();

    // then
    assertThat(lines)
        .anyMatch(line -> line.group(8).equals("-"))
        .anyMatch(line -> line.group(10).contains("\\\""));
    assertThat(lines.stream().filter(line -> line.group(4).equals("GET")).count())
        .isGreaterThan(lines.size() * 8L / 10);
    assertThat(lines.stream().filter(line -> line.group(5).equals("/")).count())
        .isGreaterThan(lines.size() / 12L);
    assertThat(lines.stream().map(line -> line.group(5)).distinct().count()).isGreaterThan(500);
    assertThat(lines.stream().map(line -> line.group(7)).distinct())
        .contains("200", "404", "500")
        .doesNotContain("999", "000");
  }

  @Test
  void hasNoKeys() {
    assertThat(drawn.records()).extracting(OutgoingRecord::key).containsOnlyNulls();
  }

  @Test
  void givesImpossibleStatusesOutOfRange() {
    // when
    var statuses = drawn.texts(RecordClass.OUT_OF_RANGE).map(line -> match(line).group(7));

    // then
    assertThat(statuses).containsOnly("999", "000");
  }

  @Test
  void datesLateLinesHoursBack() {
    // when
    var records = drawn.records();

    // then
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i).recordClass() == RecordClass.LATE) {
        Duration late = Duration.between(time(match(Drawn.text(records.get(i)))), drawn.nominal(i));
        assertThat(late).isBetween(Duration.ofHours(1), Duration.ofHours(6).plusSeconds(1));
      }
    }
  }

  private static boolean isCombined(String line) {
    Matcher matcher = COMBINED.matcher(line);
    try {
      return matcher.matches() && time(matcher).isAfter(Instant.EPOCH);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static Matcher match(String line) {
    Matcher matcher = COMBINED.matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    return matcher;
  }

  private static Instant time(Matcher line) {
    return OffsetDateTime.parse(line.group(3), TIME).toInstant();
  }
}
