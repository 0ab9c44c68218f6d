/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.parse.PipelineParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlPlacesTest {
  private static final String START =
      """
      version: 1
      name: iot
      sources:
        readings:
          kafka: { topic: iot }
          format: { type: json, schema: reading.avsc }
      steps:
        s:
      """;
  private static final String END =
      """
      sinks:
        iot.readings: { from: s, mode: append }
      quarantine: { table: iot.quarantine }
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "    sql: SELECT HERE FROM readings\n",
        "    sql: HERE\n",
        "    sql:\n      SELECT a,\n\n        'it''s' AS b,   HERE\n      FROM readings\n",
        "    sql: &text SELECT HERE FROM readings\n",
        "    sql: !!str 'SELECT HERE FROM readings'\n",
        "    sql: 'SELECT ''x'' || '''' AS a, HERE FROM readings'\n",
        "    sql: 'SELECT a,\n\n      ''é😀'' AS b, HERE\n      FROM readings'\n",
        "    sql: \"SELECT \\\"a\\\", '\\\\\\\\d' AS b, HERE FROM readings\"\n",
        "    sql: \"SELECT a,\\n\\t b,\\\n       HERE\\u0041 FROM readings\"\n",
        "    sql: \"SELECT \\x61 A\\\n       B, HERE \\\n       FROM readings\"\n",
        "    sql: |\n      SELECT a, -- # no comment\n\n        b,\n        HERE\n      FROM readings\n",
        "    sql: |2-  # a comment\n        SELECT 'a\"\\' AS x,\n      HERE FROM readings\n",
        "    sql: >\n      SELECT a,\n        b,\n\n      c, HERE\n      FROM readings\n",
        "    sql: >-\r\n      SELECT a,\r\n      HERE FROM readings\r\n",
        "    sql: |\n      SELECT '😀' AS x, HERE FROM readings\n",
      })
  void findsAWordHoweverTheScalarIsWritten(String step) {
    // given
    String yaml = START + step + END;
    StepDefinition definition = step(yaml);

    // when
    Optional<Location> found =
        SqlPlaces.location(yaml, definition.location(), placeOf("HERE", definition.sql()));

    // then
    assertThat(found).contains(locationOf("HERE", yaml));
  }

  @Test
  void findsAWordInBraces() {
    // given
    String yaml = START.replace("  s:\n", "  s: { sql: SELECT a\n      FROM HERE }\n") + END;
    StepDefinition definition = step(yaml);

    // when, then
    assertThat(SqlPlaces.location(yaml, definition.location(), placeOf("HERE", definition.sql())))
        .contains(locationOf("HERE", yaml));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "    sql: SELECT a FROM@   # why\n",
        "    sql: 'SELECT a FROM@  '\n",
        "    sql: |\n      SELECT a\n      FROM@\n\n"
      })
  void theEndIsBehindTheLastWord(String step) {
    // given
    String yaml = START + step.replace("@", "") + END;
    String sql = step(yaml).sql();
    int line = (int) sql.chars().filter(c -> c == '\n').count() + 1;
    int position = sql.length() - sql.lastIndexOf('\n') - 1;

    // when
    Optional<Location> found =
        SqlPlaces.location(yaml, step(yaml).location(), new SqlPlace(sql, line, position));

    // then
    assertThat(found).contains(locationOf("@", START + step));
  }

  @Test
  void movesAProblemToWhereTheSqlIsWrong() throws Exception {
    // given
    Path file = folder.resolve("p.yaml");
    String yaml = START + "    sql: |\n      SELECT a\n      FROM HERE\n" + END;
    Files.writeString(file, yaml);
    var wrong =
        new Problem(step(yaml).location(), "wrong", Optional.of(placeOf("HERE", step(yaml).sql())));
    var other = new Problem(Location.START, "other");

    // when, then
    assertThat(SqlPlaces.resolved(file, List.of(wrong, other)))
        .containsExactly(new Problem(new Location(11, 12), "wrong"), other);
  }

  @Test
  void saysThePlaceInWordsWhereItCannotBeFound() throws Exception {
    // given
    Path file = folder.resolve("p.yaml");
    String yaml = START + "    sql: SELECT ${param:a} AS a, HERE, b FROM readings\n" + END;
    Files.writeString(file, yaml);
    StepDefinition step =
        PipelineParser.parse(file, yaml, Parameters.ofProcess(Map.of("a", "x"))).steps().get("s");
    assertThat(step.sql()).startsWith("SELECT 'x' AS a, HERE");
    var behind =
        new Problem(step.location(), "wrong", Optional.of(new SqlPlace(step.sql(), 1, 17)));
    var before = new Problem(step.location(), "wrong", Optional.of(new SqlPlace(step.sql(), 1, 7)));
    var nowhere =
        new Problem(step.location(), "wrong", Optional.of(new SqlPlace(step.sql(), 2, 1)));

    // when, then
    assertThat(SqlPlaces.resolved(file, List.of(behind, before, nowhere)))
        .containsExactly(
            new Problem(new Location(9, 10), "wrong (line 1, position 17 of the SQL)"),
            new Problem(new Location(9, 17), "wrong"),
            new Problem(new Location(9, 10), "wrong (line 2, position 1 of the SQL)"));
    assertThat(SqlPlaces.resolved(folder.resolve("gone.yaml"), List.of(before)))
        .containsExactly(new Problem(new Location(9, 10), "wrong (line 1, position 7 of the SQL)"));
  }

  private static StepDefinition step(String yaml) {
    return PipelineParser.parse(Path.of("p.yaml"), yaml).steps().get("s");
  }

  private static SqlPlace placeOf(String word, String sql) {
    Location location = locationOf(word, sql);
    return new SqlPlace(sql, location.line(), location.column() - 1);
  }

  /** Where a word is, counted by hand: lines end at line feeds, columns are code points. */
  private static Location locationOf(String word, String text) {
    String before = text.substring(0, text.indexOf(word));
    String[] lines = before.split("\n", -1);
    String last = lines[lines.length - 1];
    return new Location(lines.length, last.codePointCount(0, last.length()) + 1);
  }
}
