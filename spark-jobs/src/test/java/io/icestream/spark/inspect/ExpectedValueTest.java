/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedValueTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.000000Z",
        "2026-01-31 12:00:00",
        "2026-01-31T12:00",
        "2026-01-31T13:00:00+01:00"
      })
  void comparesTimesByValue(String expected) {
    assertThat(ExpectedValue.is(expected, NOON)).as(expected).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-31T12:00:01Z", "2026-01-31", "noon", ""})
  void tellsOtherTimes(String expected) {
    assertThat(ExpectedValue.is(expected, NOON)).as(expected).isFalse();
  }

  @Test
  void comparesDecimalsByValue() {
    assertThat(ExpectedValue.is(new BigDecimal("1.50"), new BigDecimal("1.5"))).isTrue();
    assertThat(ExpectedValue.is(new BigDecimal("1.51"), new BigDecimal("1.5"))).isFalse();
  }

  @Test
  void forgivesFloatingPointItsLastDigits() {
    assertThat(ExpectedValue.is(new BigDecimal("0.3"), 0.1 + 0.2)).isTrue();
    assertThat(ExpectedValue.is(new BigDecimal("0.3"), 0.300001)).isFalse();
    assertThat(ExpectedValue.is(new BigDecimal("0"), 0.0)).isTrue();
    assertThat(ExpectedValue.is("NaN", Double.NaN)).isTrue();
  }

  @Test
  void keepsTextsAndNumbersApart() {
    assertThat(ExpectedValue.is(new BigDecimal("200"), "200")).isFalse();
    assertThat(ExpectedValue.is("200", new BigDecimal("200"))).isFalse();
    assertThat(ExpectedValue.is("a", "a")).isTrue();
    assertThat(ExpectedValue.is(true, true)).isTrue();
    assertThat(ExpectedValue.is(true, "true")).isFalse();
  }

  @Test
  void nullIsNothingElse() {
    assertThat(ExpectedValue.is(null, null)).isTrue();
    assertThat(ExpectedValue.is(null, "")).isFalse();
    assertThat(ExpectedValue.is("null", null)).isFalse();
  }

  @Test
  void comparesDaysAsTheirText() {
    assertThat(ExpectedValue.is("2026-01-31", LocalDate.of(2026, 1, 31))).isTrue();
    assertThat(ExpectedValue.is("2026-01-30", LocalDate.of(2026, 1, 31))).isFalse();
  }

  @Test
  void namesOfAStructWhatMatters() {
    Map<String, Object> found = Map.of("a", BigDecimal.ONE, "b", "x");

    assertThat(ExpectedValue.is(Map.of("b", "x"), found)).isTrue();
    assertThat(ExpectedValue.is(Map.of("b", "y"), found)).isFalse();
    assertThat(ExpectedValue.is(Map.of("c", "x"), found)).isFalse();
  }

  @Test
  void comparesListsItemByItem() {
    assertThat(ExpectedValue.is(List.of("a", "b"), List.of("a", "b"))).isTrue();
    assertThat(ExpectedValue.is(List.of("b", "a"), List.of("a", "b"))).isFalse();
    assertThat(ExpectedValue.is(List.of("a"), List.of("a", "b"))).isFalse();
  }
}
