/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.model.Location;
import io.icestream.model.PipelineDefinition;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectBlocksTest {
  private static final String YAML =
      """
      # The sky is 💧.
      name: iot   # not touched

      tests:
        - name: first   # stays
          given:
            readings: [{ id: a }]
          expect:
            iot.rows:   # all of them
              - { id: a }   # goes
              # goes too
              - id: b
                site: x

            # about the quarantine
            iot.bad: []
        # about the second
        - name: second
          given: {}
          expect: {}
        - name: third
          given: {}

      # the end
      """;

  @Test
  void replacesTheRowsOfATable() {
    // when
    String rewritten = rewrite(Map.of("iot.rows", List.of(row("id", "c"), row("id", "d"))), 5);

    // then
    assertThat(rewritten)
        .isEqualTo(
            YAML.replace(
                """
                        - { id: a }   # goes
                        # goes too
                        - id: b
                          site: x
                """,
                """
                        - { id: c }
                        - { id: d }
                """));
  }

  @Test
  void fillsAnEmptyTable() {
    // when
    String rewritten = rewrite(Map.of("iot.bad", List.of(row("stage", "late"))), 5);

    // then
    assertThat(rewritten)
        .isEqualTo(YAML.replace("iot.bad: []", "iot.bad:\n        - { stage: late }"));
  }

  @Test
  void emptiesATable() {
    // when
    String rewritten = rewrite(Map.of("iot.rows", List.of()), 5);

    // then
    assertThat(rewritten).contains("      iot.rows: []\n\n      # about the quarantine");
  }

  @Test
  void fillsAnEmptyExpectation() {
    // when
    String rewritten = rewrite(Map.of("iot.rows", List.of(row("id", "a"))), 18);

    // then
    assertThat(rewritten)
        .isEqualTo(YAML.replace("expect: {}", "expect:\n      iot.rows:\n        - { id: a }"));
  }

  @Test
  void addsAnExpectationWhereThereIsNone() {
    // when
    String rewritten = rewrite(Map.of("iot.rows", List.of(row("id", "a"))), 21);

    // then
    assertThat(rewritten)
        .isEqualTo(
            YAML.replace(
                "given: {}\n\n#",
                "given: {}\n    expect:\n      iot.rows:\n        - { id: a }\n\n#"));
  }

  @Test
  void keepsLineBreaksOfWindows() {
    // when
    String rewritten =
        ExpectBlocks.rewrite(
            YAML.replace("\n", "\r\n"),
            Map.of(new Location(5, 5), Map.of("iot.rows", List.of(row("id", "c")))));

    // then
    assertThat(rewritten).contains("- { id: c }\r\n").doesNotContainPattern("[^\r]\n");
  }

  @Test
  void refusesATestInBraces() {
    assertThatThrownBy(
            () ->
                ExpectBlocks.rewrite(
                    "tests: [{ name: x }]\n",
                    Map.of(new Location(1, 9), Map.of("iot.rows", List.of()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The test at 1:9 is written in braces");
  }

  @Test
  void writesValuesThatAreReadAsTheSame() {
    // given
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("plain", "GET /a?b=c");
    values.put("number", new BigDecimal("-1.50"));
    values.put("digits", "0123");
    values.put("truth", true);
    values.put("true_text", "true");
    values.put("nothing", null);
    values.put("null_text", "null");
    values.put("empty", "");
    values.put("blank", " x ");
    values.put("colon", "a: b #c");
    values.put("braces", "{a, b}");
    values.put("lines", "a\nb\t\"c\"\\ \u0001 ü");
    values.put("time", "2026-01-31T10:00:00Z");
    values.put("day", "2026-01-31");
    values.put("list", List.of("a", BigDecimal.ONE, Map.of("k", "v")));

    // when
    String text = YamlFlow.of(values);

    // then
    String pipeline =
        """
        version: 1
        name: iot
        sources:
          readings: { kafka: { topic: iot }, format: { type: raw } }
        sinks:
          iot.rows: { from: readings, mode: append }
        quarantine: { table: iot.bad }
        tests:
          - name: it
            given: {}
            expect:
              iot.rows:
                - %s
        """;
    PipelineDefinition read = PipelineParser.parse(Path.of("p.yaml"), pipeline.formatted(text));
    assertThat(read.tests().get(0).expect().get("iot.rows").get(0)).as(text).isEqualTo(values);
  }

  private static String rewrite(Map<String, List<Map<String, Object>>> tables, int line) {
    return ExpectBlocks.rewrite(YAML, Map.of(new Location(line, 5), tables));
  }

  private static Map<String, Object> row(String column, Object value) {
    return Map.of(column, value);
  }
}
