/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.PartitionTransform.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTransformTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "site; IDENTITY; site; 0",
        "years(t); YEARS; t; 0",
        "months(t); MONTHS; t; 0",
        "days(event_time); DAYS; event_time; 0",
        "hours(t); HOURS; t; 0",
        "bucket(16, device_id); BUCKET; device_id; 16",
        "truncate(3, name); TRUNCATE; name; 3"
      })
  void readsEachTransform(String text, Kind kind, String column, int width) {
    // when
    var transform = PartitionTransform.parse(text);

    // then
    assertThat(transform).contains(new PartitionTransform(kind, column, width));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "site",
        "years(t)",
        "months(t)",
        "days(t)",
        "hours(t)",
        "bucket(4, c)",
        "truncate(10, c)"
      })
  void writesWhatItRead(String text) {
    assertThat(PartitionTransform.parse(text).orElseThrow()).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {" days( t ) ", "bucket( 4,c )", "bucket(4 , c)"})
  void doesNotMindBlanks(String text) {
    assertThat(PartitionTransform.parse(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "day(t)",
        "days()",
        "days(a, b)",
        "bucket(c)",
        "bucket(0, c)",
        "bucket(-1, c)",
        "bucket(c, 4)",
        "bucket(9999999999, c)",
        "truncate(1.5, c)",
        "a.b",
        "days(t) desc",
        "DAYS(t)"
      })
  void refusesAnythingElse(String text) {
    assertThat(PartitionTransform.parse(text)).isEmpty();
  }
}
