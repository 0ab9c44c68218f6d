/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.inspect.TableComparison.NearMatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableComparisonTest {

  @Test
  void takesRowsInAnyOrder() {
    // when
    TableComparison comparison =
        compare(List.of(row("id", "b"), row("id", "a")), List.of(row("id", "a"), row("id", "b")));

    // then
    assertThat(comparison.passed()).isTrue();
  }

  @Test
  void looksAtTheColumnsThatTheTestNames() {
    // when
    TableComparison comparison =
        compare(List.of(row("id", "a")), List.of(row("id", "a", "site", "north")));

    // then
    assertThat(comparison.passed()).isTrue();
  }

  @Test
  void aRowCountsOnce() {
    // when
    TableComparison comparison =
        compare(List.of(row("id", "a"), row("id", "a")), List.of(row("id", "a")));

    // then
    assertThat(comparison.missing()).containsExactly(row("id", "a"));
    assertThat(comparison.passed()).isFalse();
  }

  @Test
  void aVagueRowLeavesAnExactOneItsPartner() {
    // given
    List<Map<String, Object>> expected = List.of(row("id", "a"), row("id", "a", "site", "north"));

    // when
    TableComparison comparison =
        compare(
            expected, List.of(row("id", "a", "site", "north"), row("id", "a", "site", "south")));

    // then
    assertThat(comparison.passed()).isTrue();
  }

  @Test
  void showsTheRowThatIsMostLikeAMissingOne() {
    // given
    Map<String, Object> expected = row("id", "a", "site", "north", "model", "x");
    Map<String, Object> almost = row("id", "a", "site", "south", "model", "x");
    Map<String, Object> hardly = row("id", "b", "site", "north", "model", "y");

    // when
    TableComparison comparison = compare(List.of(expected), List.of(hardly, almost));

    // then
    assertThat(comparison.near()).containsExactly(new NearMatch(expected, almost, List.of("site")));
    assertThat(comparison.missing()).isEmpty();
    assertThat(comparison.extra()).containsExactly(hardly);
  }

  @Test
  void doesNotCompareRowsThatHaveNothingInCommon() {
    // when
    TableComparison comparison = compare(List.of(row("id", "a")), List.of(row("id", "b")));

    // then
    assertThat(comparison.near()).isEmpty();
    assertThat(comparison.missing()).containsExactly(row("id", "a"));
    assertThat(comparison.extra()).containsExactly(row("id", "b"));
  }

  @Test
  void aColumnThatIsNotThereDiffers() {
    // when
    TableComparison comparison =
        compare(List.of(row("id", "a", "sight", "x")), List.of(row("id", "a", "site", "x")));

    // then
    assertThat(comparison.near())
        .singleElement()
        .extracting(NearMatch::different)
        .isEqualTo(List.of("sight"));
  }

  @Test
  void writesWhatCameOutWithTheColumnsOfTheTest() {
    // when
    TableComparison comparison =
        compare(
            List.of(row("site", "x", "id", "b")), List.of(row("id", "a", "n", "1", "site", "y")));

    // then
    assertThat(comparison.foundAsExpected()).containsExactly(row("site", "y", "id", "a"));
    assertThat(comparison.foundAsExpected().get(0).keySet()).containsExactly("site", "id");
  }

  @Test
  void writesTheUsualColumnsWhereTheTestHasNoRow() {
    // when
    TableComparison comparison = compare(List.of(), List.of(row("id", "a", "kafka_offset", "0")));

    // then
    assertThat(comparison.foundAsExpected()).containsExactly(row("id", "a"));
  }

  private static TableComparison compare(
      List<Map<String, Object>> expected, List<Map<String, Object>> found) {
    return TableComparison.of("t", List.of("id"), expected, found);
  }

  private static Map<String, Object> row(String... cells) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i += 2) {
      row.put(cells[i], cells[i + 1]);
    }
    return row;
  }
}
