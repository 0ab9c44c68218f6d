/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What tables with keys have to hold, worked out by hand for six changes of two keys. */
class ChangesTest {
  /** Key a: created at 1, updated at 3, which comes last, deleted at 2. Key b: deleted at 5. */
  private static final ProducedLog LOG =
      new ProducedLog(
          List.of(
              change(0, "a", "c", 1),
              change(1, "a", "d", 2),
              change(2, "b", "d", 5),
              change(3, "b", "u", 4),
              change(4, "b", "c", 3),
              new ProducedRecord(0, 5, false, "p", Map.of()),
              change(6, "a", "u", 3)));

  @Test
  void keepsTheNewestRowOfAKey() {
    assertThat(rows(new NewestModel("k", "at"), "k", "op", "kafka_offset"))
        .containsExactly("a u 6", "b d 2");
  }

  @Test
  void removesARowThatWasDeletedAfterItsLastUpdate() {
    assertThat(rows(new ChangesModel("k", "at", "op", ""), "k", "at", "kafka_offset"))
        .containsExactly("a 2026-01-01T00:00:03Z 6");
  }

  @Test
  void marksADeletedRowAndLeavesItAsItWas() {
    assertThat(rows(new ChangesModel("k", "at", "op", "gone"), "k", "at", "gone"))
        .containsExactly("a 2026-01-01T00:00:03Z false", "b 2026-01-01T00:00:04Z true");
  }

  @Test
  void marksARowThatNothingButItsDeletionIsKnownOf() {
    // given: what came before its deletion comes later
    var log = new ProducedLog(List.of(change(0, "b", "d", 5)));

    // when
    var rows = new ChangesModel("k", "at", "op", "gone").rows(log);

    // then
    assertThat(rows).containsExactly(Map.of("k", "b", "at", "NULL", "gone", "true"));
  }

  @Test
  void endsAVersionWhereTheNextChangeBegins() {
    assertThat(
            rows(
                new HistoryModel("k", "at", "op"),
                "k",
                "_valid_from",
                "_valid_to",
                "_is_current",
                "kafka_offset"))
        .containsExactly(
            "a 2026-01-01T00:00:01Z 2026-01-01T00:00:02Z false 0",
            "a 2026-01-01T00:00:03Z NULL true 6",
            "b 2026-01-01T00:00:03Z 2026-01-01T00:00:04Z false 4",
            "b 2026-01-01T00:00:04Z 2026-01-01T00:00:05Z false 3");
  }

  private static List<String> rows(SinkModel model, String... columns) {
    return model.rows(LOG).stream()
        .map(row -> String.join(" ", Stream.of(columns).map(row::get).toList()))
        .toList();
  }

  private static ProducedRecord change(long offset, String key, String op, int second) {
    return new ProducedRecord(
        0,
        offset,
        true,
        "p",
        Map.of("k", key, "op", op, "at", "2026-01-01T00:00:0" + second + "Z"));
  }
}
