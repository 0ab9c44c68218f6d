/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.schema.SchemaChange;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JSON decoder notes of fields for which its columns have no place. */
class JsonEvolutionTest {
  private static final StructType COLUMNS =
      StructType.fromDDL(
          "id STRING NOT NULL, n INT, f FLOAT, d DECIMAL(4,2), s STRUCT<a: INT NOT NULL>,"
              + " l ARRAY<INT>");

  private final DriftLog log = new DriftLog();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true | boolean",
        "'text' | string",
        "'2026-01-31T12:00:00Z' | string",
        "1 | bigint",
        "-9223372036854775808 | bigint",
        "9223372036854775808 | decimal(38,0)",
        "99999999999999999999999999999999999999 | decimal(38,0)",
        "1.0 | double",
        "1e3 | double",
        "[1, 2.5] | array<double>",
        "[null, 'a'] | array<string>",
        "[[1], []] | array<array<bigint>>",
        "{'a': 1, 'b': {'c': 'x'}, 'd': null} | struct<a:bigint,b:struct<c:string>>",
        "[{'a': 1}, {'b': true}] | array<struct<a:bigint,b:boolean>>",
      },
      quoteCharacter = '\0')
  void infersTheTypeOfANewField(String value, String type) {
    // when
    assertThatThrownBy(() -> decode("{'id': 'a', 'new': " + value + "}"))
        .as("until there is a column, the record is refused and nothing of it is lost")
        .isInstanceOf(Rejection.class)
        .hasMessage("new: the schema has no such field, and it could not be added as " + type);

    // then
    assertThat(changes()).containsExactly("column 'new' " + type + " added");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}", "[[], []]", "{'a': null}", "[null, {}]"})
  void leavesOutAndCountsAValueThatSaysNothing(String value) throws Rejection {
    // when
    decode("{'id': 'a', 'new': " + value + "}");

    // then
    assertThat(changes()).isEmpty();
    assertThat(log.value().ignored()).containsEntry("new", 1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1, 'a']", "[{'a': 1}, {'a': 'x'}]", "[1, [1]]"})
  void refusesAValueThatNoColumnCanHold(String value) {
    assertThatThrownBy(() -> decode("{'id': 'a', 'new': " + value + "}"))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("which no column can hold together");
    assertThat(changes()).isEmpty();
  }

  @Test
  void refusesAWholeNumberBeyondEveryDecimal() {
    assertThatThrownBy(() -> decode("{'id': 'a', 'new': " + "9".repeat(39) + "}"))
        .isInstanceOf(Rejection.class)
        .hasMessage("new: a number of more than 38 digits");
  }

  @Test
  void refusesANewFieldThatIsNestedTooDeep() {
    assertThatThrownBy(
            () -> decode("{'id': 'a', 'new': " + "[".repeat(30) + "1" + "]".repeat(30) + "}"))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("is nested more than 20 deep");
  }

  @Test
  void notesAllNewFieldsOfARecordAtOnce() {
    assertThatThrownBy(() -> decode("{'id': 'a', 'x': 1, 's': {'a': 1, 'y': 2}, 'z': true}"))
        .isInstanceOf(Rejection.class);
    assertThat(changes())
        .containsExactly(
            "column 's.y' bigint added", "column 'x' bigint added", "column 'z' boolean added");
  }

  /** Otherwise a record behind it could decide what its other fields become. */
  @Test
  void notesAllThatARecordAsksForAtOnce() {
    assertThatThrownBy(
            () -> decode("{'n': 2147483648, 's': {}, 'l': [2147483648, 1], 'd': 12345.5, 'x': 1}"))
        .isInstanceOf(Rejection.class)
        .hasMessage("n: 2147483648 does not fit int");
    assertThat(changes())
        .containsExactlyInAnyOrder(
            "column 'n' widened to bigint",
            "column 's.a' made optional",
            "column 'l[]' widened to bigint",
            "column 'd' widened to decimal(7,2)",
            "column 'id' made optional",
            "column 'x' bigint added");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'id': 'a', 'n': 2147483648} | column 'n' widened to bigint",
        "{'id': 'a', 'f': 1e300} | column 'f' widened to double",
        "{'id': 'a', 'd': 12345.5} | column 'd' widened to decimal(7,2)",
        "{'id': 'a', 'l': [1, 2147483648]} | column 'l[]' widened to bigint",
        "{'n': 1} | column 'id' made optional",
        "{'id': null} | column 'id' made optional",
        "{'id': 'a', 's': {}} | column 's.a' made optional",
      },
      quoteCharacter = '\0')
  void notesWhatWouldHaveHeldARefusedValue(String json, String change) {
    assertThatThrownBy(() -> decode(json)).isInstanceOf(Rejection.class);
    assertThat(changes()).containsExactly(change);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id': 'a', 'n': 9223372036854775808}",
        "{'id': 'a', 'n': 1.5}",
        "{'id': 'a', 'n': 'x'}",
        "{'id': 'a', 'n': {'x': 1}}",
        "{'id': 'a', 'd': 1.555}",
        "{'id': 7}",
      })
  void notesNothingWhereNoTableCanFollow(String json) {
    assertThatThrownBy(() -> decode(json)).isInstanceOf(Rejection.class);
    assertThat(changes()).isEmpty();
  }

  @Test
  void isNotHeldUpByTheRecordBefore() throws Rejection {
    // given
    assertThatThrownBy(() -> decode("{'id': 'a', 'x': 1, 'n': 'wrong'}"))
        .isInstanceOf(Rejection.class);

    // when, then
    decode("{'id': 'b'}");
  }

  @Test
  void doesNotRememberMoreFieldNamesThanItCanHold() {
    // when
    for (int i = 0; i < 3_000; i++) {
      String json = "{'id': 'a', 'k" + i + "': 1}";
      assertThatThrownBy(() -> decode(json)).isInstanceOf(Rejection.class);
    }

    // then
    assertThat(log.value().seen()).hasSize(1_000);
  }

  @Test
  void countsIgnoredFieldsByPath() throws Rejection {
    // given
    var lenient = new JsonDecoder(COLUMNS, UnknownFields.IGNORE);
    lenient.report(log);

    // when
    for (int i = 0; i < 3; i++) {
      lenient.decode(
          "{\"id\": \"a\", \"x\": 1, \"s\": {\"a\": 1, \"y\": [1]}}".getBytes(UTF_8),
          new GenericInternalRow(COLUMNS.length()));
    }

    // then
    assertThat(log.value().ignored()).containsEntry("x", 3L).containsEntry("s.y", 3L).hasSize(2);
  }

  private final JsonDecoder decoder = new JsonDecoder(COLUMNS, UnknownFields.EVOLVE);

  {
    decoder.report(log);
  }

  private void decode(String json) throws Rejection {
    decoder.decode(
        json.replace('\'', '"').getBytes(UTF_8), new GenericInternalRow(COLUMNS.length()));
  }

  private List<String> changes() {
    return log.value().changes().stream().map(SchemaChange::toString).toList();
  }
}
