/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.icestream.model.FormatDefinition.UnknownFields;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDecoderTest {
  private static final StructType POINT =
      new StructType()
          .add("x", DataTypes.IntegerType, false)
          .add("label", DataTypes.StringType, true);

  private static final StructType PAIR =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("count", DataTypes.IntegerType, true);

  @Test
  void readsEachType() {
    // given
    var columns =
        new StructType()
            .add("text", DataTypes.StringType)
            .add("small", DataTypes.IntegerType)
            .add("large", DataTypes.LongType)
            .add("real", DataTypes.DoubleType)
            .add("single", DataTypes.FloatType)
            .add("flag", DataTypes.BooleanType)
            .add("time", DataTypes.TimestampType)
            .add("day", DataTypes.DateType)
            .add("price", DataTypes.createDecimalType(10, 2))
            .add("blob", DataTypes.BinaryType);

    // when
    var values =
        Decoded.values(
            decoder(columns),
            columns,
            """
            {"text": "Kö\\u00e4ln \\"q\\" \\n\\ud83d\\ude00", "small": -2147483648, "large": 9223372036854775807,
             "real": -1.5e-3, "single": 0.1, "flag": true, "time": "1970-01-01T00:00:01.5Z",
             "day": "2026-01-31", "price": 12.5, "blob": "AAEC"}
            """);

    // then
    assertThat(values)
        .containsExactly(
            "Köäln \"q\" \n😀",
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            -0.0015,
            0.1f,
            true,
            1_500_000L,
            (int) LocalDate.of(2026, 1, 31).toEpochDay(),
            new BigDecimal("12.50"),
            "[0, 1, 2]");
  }

  @Test
  void readsObjectsArraysAndMapsInsideEachOther() {
    // given
    var columns =
        new StructType()
            .add("point", POINT)
            .add("points", DataTypes.createArrayType(POINT, true))
            .add("grid", DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.LongType)))
            .add("byName", DataTypes.createMapType(DataTypes.StringType, POINT, true));

    // when
    var values =
        Decoded.values(
            decoder(columns),
            columns,
            """
            {"byName": {"b": {"x": 4}, "a": null}, "grid": [[1, 2], [], [null]],
             "points": [{"x": 1, "label": "one"}, null, {"x": 2}], "point": {"label": null, "x": 3}}
            """);

    // then
    assertThat(values.get(0)).isEqualTo(Arrays.asList(3, null));
    assertThat(values.get(1))
        .isEqualTo(Arrays.asList(List.of(1, "one"), null, Arrays.asList(2, null)));
    assertThat(values.get(2))
        .isEqualTo(List.of(List.of(1L, 2L), List.of(), Collections.singletonList(null)));
    Map<String, Object> byName = new HashMap<>();
    byName.put("b", Arrays.asList(4, null));
    byName.put("a", null);
    assertThat(values.get(3)).isEqualTo(byName);
  }

  @Test
  void takesAbsentAndNullAsNullWhereTheSchemaAllowsIt() {
    assertThat(Decoded.values(decoder(PAIR), PAIR, "{\"id\": \"a\"}")).containsExactly("a", null);
    assertThat(Decoded.values(decoder(PAIR), PAIR, "{\"count\": null, \"id\": \"a\"}"))
        .containsExactly("a", null);
  }

  @Test
  void keepsEmptyTextApartFromNull() {
    assertThat(Decoded.values(decoder(PAIR), PAIR, "{\"id\": \"\"}")).containsExactly("", null);
  }

  @Test
  void doesNotCarryValuesFromOneRecordToTheNext() {
    // given
    var decoder = decoder(PAIR);
    Decoded.values(decoder, PAIR, "{\"id\": \"a\", \"count\": 1}");
    Decoded.rejection(decoder, PAIR, "{\"id\": \"b\", \"count\": \"x\"}");

    // when
    var rejection = Decoded.rejection(decoder, PAIR, "{\"count\": 2}");

    // then
    assertThat(rejection).isEqualTo("missing_field: id: is required and absent");
  }

  @Test
  void rejectsARequiredFieldThatIsAbsentOrNull() {
    assertThat(reject(PAIR, "{}")).isEqualTo("missing_field: id: is required and absent");
    assertThat(reject(PAIR, "{\"id\": null}")).isEqualTo("missing_field: id: is required and null");
  }

  @Test
  void namesTheWholePathOfANestedField() {
    // given
    var columns =
        new StructType()
            .add("p", POINT)
            .add("l", DataTypes.createArrayType(POINT, false))
            .add("m", DataTypes.createMapType(DataTypes.StringType, POINT, false));

    // when, then
    assertThat(reject(columns, "{\"p\": {}}"))
        .isEqualTo("missing_field: p.x: is required and absent");
    assertThat(reject(columns, "{\"p\": {\"x\": \"1\"}}"))
        .isEqualTo("wrong_type: p.x: expected int, found a text");
    assertThat(reject(columns, "{\"l\": [{\"x\": 1}, {}]}"))
        .isEqualTo("missing_field: l[].x: is required and absent");
    assertThat(reject(columns, "{\"l\": [null]}"))
        .isEqualTo("missing_field: l[]: is required and null");
    assertThat(reject(columns, "{\"m\": {\"k\": null}}"))
        .isEqualTo("missing_field: m{}: is required and null");
    assertThat(reject(columns, "{\"m\": {\"k\": {\"x\": 1, \"label\": 2}}}"))
        .isEqualTo("wrong_type: m{}.label: expected string, found 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "int; \"7\"; wrong_type: v: expected int, found a text",
        "int; 1.5; wrong_type: v: expected int, found 1.5",
        "int; 1.0; wrong_type: v: expected int, found 1.0",
        "int; 1e2; wrong_type: v: expected int, found 1e2",
        "int; true; wrong_type: v: expected int, found true",
        "int; [1]; wrong_type: v: expected int, found an array",
        "int; {}; wrong_type: v: expected int, found an object",
        "int; 2147483648; out_of_range: v: 2147483648 does not fit int",
        "int; -2147483649; out_of_range: v: -2147483649 does not fit int",
        "int; 99999999999999999999; out_of_range: v: 99999999999999999999 does not fit int",
        "bigint; 9223372036854775808; out_of_range: v: 9223372036854775808 does not fit bigint",
        "bigint; \"1\"; wrong_type: v: expected bigint, found a text",
        "double; \"1.5\"; wrong_type: v: expected double, found a text",
        "double; 1e400; out_of_range: v: 1e400 does not fit double",
        "float; 1e39; out_of_range: v: 1e39 does not fit float",
        "string; 7; wrong_type: v: expected string, found 7",
        "string; true; wrong_type: v: expected string, found true",
        "string; [\"a\"]; wrong_type: v: expected string, found an array",
        "boolean; \"true\"; wrong_type: v: expected boolean, found a text",
        "boolean; 1; wrong_type: v: expected boolean, found 1",
        "timestamp; 1767225600; wrong_type: v: expected timestamp, found 1767225600",
        "timestamp; \"yesterday\"; wrong_type: v: expected timestamp, found 'yesterday'",
        "date; \"2026-02-30\"; wrong_type: v: expected date, found '2026-02-30'",
        "binary; \"###\"; wrong_type: v: expected binary, found '###'",
        "decimal(5,2); 1.234; out_of_range: v: more than 2 digits of fraction",
        "decimal(5,2); 1000; out_of_range: v: does not fit decimal(5,2)",
        "decimal(5,2); \"1.23\"; wrong_type: v: expected decimal(5,2), found a text",
        "decimal(5,2); true; wrong_type: v: expected decimal(5,2), found true",
        "decimal(5,2); {}; wrong_type: v: expected decimal(5,2), found an object",
        "array<int>; {}; wrong_type: v: expected array<int>, found an object",
        "array<int>; [1, \"2\"]; wrong_type: v[]: expected int, found a text",
        "map<string,int>; []; wrong_type: v: expected map<string,int>, found an array",
        "struct<a:int>; 1; wrong_type: v: expected struct<a:int>, found 1"
      })
  void rejectsAValueOfAnotherType(String type, String value, String expected) {
    // given
    var columns = new StructType().add("v", DataType.fromDDL(type));

    // when
    var rejection = reject(columns, "{\"v\": " + value + "}");

    // then
    assertThat(rejection).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.00",
    "1.5, 1.50",
    "1.500, 1.50",
    "-999.99, -999.99",
    "0, 0.00",
    "1e2, 100.00",
    "0e-999999999, 0.00",
    "0e999999999, 0.00",
    "12.3e1, 123.00"
  })
  void takesADecimalThatFitsWithoutRounding(String value, BigDecimal expected) {
    // given
    var columns = new StructType().add("v", DataTypes.createDecimalType(5, 2));

    // when
    var values = Decoded.values(decoder(columns), columns, "{\"v\": " + value + "}");

    // then
    assertThat(values).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1e999999999; out_of_range: v: does not fit decimal(5,2)",
        "1e-999999999; out_of_range: v: more than 2 digits of fraction"
      })
  void rejectsADecimalOfAnyMagnitudeAtOnce(String value, String expected) {
    // given
    var columns = new StructType().add("v", DataTypes.createDecimalType(5, 2));

    // when
    var rejection =
        assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> reject(columns, "{\"v\": " + value + "}"));

    // then
    assertThat(rejection).isEqualTo(expected);
  }

  @Test
  void takesIntegersAsRealNumbers() {
    // given
    var columns = new StructType().add("d", DataTypes.DoubleType).add("f", DataTypes.FloatType);

    // when
    var values = Decoded.values(decoder(columns), columns, "{\"d\": 7, \"f\": -3}");

    // then
    assertThat(values).containsExactly(7.0, -3.0f);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\": \"a\"} x",
        "{\"id\": \"a\"}{\"id\": \"b\"}",
        "{\"id\": \"a\"}\n{\"id\": \"b\"}",
        "{\"id\": \"a\"},",
        "{\"id\": \"a\"]",
        "{\"id\": \"a\"",
        "{\"id\": \"a",
        "{\"id\": \"a\",}",
        "{'id': 'a'}",
        "{id: \"a\"}",
        "{\"id\": a}",
        "{\"id\": \"a\", \"count\": NaN}",
        "{\"id\": \"a\", \"count\": Infinity}",
        "{\"id\": \"a\", \"count\": 007}",
        "{\"id\": \"a\", \"count\": +7}",
        "{\"id\": \"a\", \"count\": .5}",
        "{\"id\": \"a\", \"count\": 0x1F}",
        "{\"id\": \"line\nbreak\"}",
        "{\"id\": \"\\x\"}",
        "{\"id\": \"\\u00g0\"}",
        "{\"id\": \"a\"} // comment",
        "/* comment */ {\"id\": \"a\"}",
        "[{\"id\": \"a\"}]",
        "\"id\"",
        "7",
        "null",
        "true",
        "not json",
        "<id>a</id>"
      })
  void rejectsWhatIsNotOneStrictDocument(String payload) {
    assertThat(reject(PAIR, payload)).startsWith("malformed_json: ");
  }

  @Test
  void saysWhatIsWrongWithADocument() {
    assertThat(reject(PAIR, "[1]"))
        .isEqualTo("malformed_json: Expected an object, found START_ARRAY");
    assertThat(reject(PAIR, "{\"id\": \"a\"}{}"))
        .isEqualTo("malformed_json: There is more after the document");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t "})
  void rejectsAPayloadWithoutContent(String payload) {
    assertThat(reject(PAIR, payload)).isEqualTo("empty_payload: The payload has no content");
  }

  @Test
  void rejectsBytesThatAreNotUtf8() {
    // given
    var payload = "{\"id\": \"aXb\"}".getBytes(UTF_8);
    payload[9] = (byte) 0xE4;

    // when
    var rejection = Decoded.rejection(decoder(PAIR), PAIR, payload);

    // then
    assertThat(rejection).isEqualTo("malformed_json: The payload is not UTF-8: see its byte 9");
  }

  @Test
  void rejectsHalfOfASurrogatePair() {
    assertThat(reject(PAIR, "{\"id\": \"a\\ud83d\"}"))
        .isEqualTo("malformed_json: id: has half of a surrogate pair");
    assertThat(reject(PAIR, "{\"id\": \"\\ude00\"}"))
        .isEqualTo("malformed_json: id: has half of a surrogate pair");
  }

  @Test
  void rejectsAKeyThatStandsTwice() {
    assertThat(reject(PAIR, "{\"id\": \"a\", \"id\": \"a\"}"))
        .isEqualTo("duplicate_key: id: stands twice");
    assertThat(reject(PAIR, "{\"id\": \"a\", \"count\": null, \"count\": 1}"))
        .isEqualTo("duplicate_key: count: stands twice");
  }

  @Test
  void rejectsAMapKeyThatStandsTwice() {
    // given
    var columns =
        new StructType()
            .add("m", DataTypes.createMapType(DataTypes.StringType, DataTypes.IntegerType));

    // when, then
    assertThat(reject(columns, "{\"m\": {\"k\": 1, \"k\": 2}}"))
        .isEqualTo("duplicate_key: m: 'k' stands twice");
  }

  @Test
  void ignoresUnknownFieldsByDefaultWhateverTheyHold() {
    // given
    var payload =
        """
        {"extra": {"id": [1, {"deep": null}], "x": "}"}, "id": "a", "more": [[[]]], "extra": 1}
        """;

    // when
    var values = Decoded.values(decoder(PAIR), PAIR, payload);

    // then
    assertThat(values).containsExactly("a", null);
  }

  @Test
  void rejectsMalformedTextInsideAnIgnoredField() {
    assertThat(reject(PAIR, "{\"id\": \"a\", \"extra\": {\"x\": 01}}"))
        .startsWith("malformed_json");
  }

  @Test
  void rejectsUnknownFieldsWhenTold() {
    // given
    var strict = new JsonDecoder(new StructType().add("p", POINT), UnknownFields.REJECT);
    var columns = new StructType().add("p", POINT);

    // when, then
    assertThat(Decoded.rejection(strict, columns, "{\"q\": 1}"))
        .isEqualTo("unknown_field: q: the schema has no such field");
    assertThat(Decoded.rejection(strict, columns, "{\"p\": {\"x\": 1, \"y\": 2}}"))
        .isEqualTo("unknown_field: p.y: the schema has no such field");
  }

  @Test
  void tellsUpperFromLowerCase() {
    assertThat(reject(PAIR, "{\"ID\": \"a\"}"))
        .isEqualTo("missing_field: id: is required and absent");
  }

  @Test
  void rejectsNestingThatIsTooDeepToBeMeant() {
    // given
    var deep = "[".repeat(100_000);

    // when
    var rejection = reject(PAIR, "{\"id\": \"a\", \"extra\": " + deep);

    // then
    assertThat(rejection).startsWith("too_large: ");
  }

  private static RecordDecoder decoder(StructType columns) {
    return new JsonDecoder(columns, UnknownFields.IGNORE);
  }

  private static String reject(StructType columns, String payload) {
    return Decoded.rejection(decoder(columns), columns, payload);
  }
}
