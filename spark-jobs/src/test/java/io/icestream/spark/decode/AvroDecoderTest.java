/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static io.icestream.spark.decode.AvroFixtures.bytes;
import static io.icestream.spark.decode.AvroFixtures.decode;
import static io.icestream.spark.decode.AvroFixtures.encode;
import static io.icestream.spark.decode.AvroFixtures.record;
import static io.icestream.spark.decode.AvroFixtures.rejection;
import static io.icestream.spark.decode.AvroFixtures.row;
import static io.icestream.spark.decode.AvroFixtures.schema;
import static io.icestream.spark.decode.AvroFixtures.unframed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.plan.RecordSchema;
import io.icestream.spark.registry.WriterSchema;
import io.icestream.spark.registry.WriterSchema.Language;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroDecoderTest {
  private static final Schema TEXT = record("\"name\": \"t\", \"type\": \"string\"");
  private static final Schema LONGS =
      record("\"name\": \"a\", \"type\": {\"type\": \"array\", \"items\": \"long\"}");

  @Test
  void readsEachType() {
    // given
    var schema =
        schema(
            """
            {"type": "record", "name": "R", "fields": [
              {"name": "text", "type": "string"},
              {"name": "small", "type": "int"},
              {"name": "large", "type": "long"},
              {"name": "single", "type": "float"},
              {"name": "real", "type": "double"},
              {"name": "flag", "type": "boolean"},
              {"name": "blob", "type": "bytes"},
              {"name": "id", "type": {"type": "fixed", "name": "F", "size": 3}},
              {"name": "color", "type": {"type": "enum", "name": "C", "symbols": ["RED", "BLUE"]}},
              {"name": "millis", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "micros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}},
              {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
              {"name": "rate", "type": {"type": "fixed", "name": "D", "size": 16, "logicalType": "decimal", "precision": 38, "scale": 4}},
              {"name": "uuid", "type": {"type": "string", "logicalType": "uuid"}},
              {"name": "point", "type": {"type": "record", "name": "P", "fields": [
                {"name": "x", "type": ["null", "int"]}, {"name": "y", "type": "int"}]}},
              {"name": "tags", "type": {"type": "array", "items": ["null", "string"]}},
              {"name": "points", "type": {"type": "array", "items": "P"}},
              {"name": "counts", "type": {"type": "map", "values": "long"}},
              {"name": "none", "type": ["null", "string"]},
              {"name": "some", "type": ["string", "null"]}]}
            """);
    var point = schema.getField("point").schema();
    var rate = new byte[16];
    Arrays.fill(rate, (byte) 0xff);
    var record =
        row(
            schema,
            "Köln €😀",
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            0.1f,
            -1.5e-3,
            true,
            ByteBuffer.wrap(bytes(0, 1, 255)),
            new GenericData.Fixed(schema.getField("id").schema(), bytes(7, 8, 9)),
            new GenericData.EnumSymbol(schema.getField("color").schema(), "BLUE"),
            -1L,
            1_500_000L,
            20_000,
            ByteBuffer.wrap(new BigInteger("-123456").toByteArray()),
            new GenericData.Fixed(schema.getField("rate").schema(), rate),
            "6f1c2a54-0000-4000-8000-000000000001",
            row(point, null, 2),
            Arrays.asList("a", null, ""),
            List.of(row(point, 1, 2), row(point, 3, 4)),
            Map.of("k", 5L),
            null,
            "here");

    // when
    var values = decode(unframed(schema, schema), schema, encode(schema, record));

    // then
    assertThat(values)
        .containsExactly(
            "Köln €😀",
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            0.1f,
            -1.5e-3,
            true,
            "[0, 1, -1]",
            "[7, 8, 9]",
            "BLUE",
            -1_000L,
            1_500_000L,
            20_000,
            new BigDecimal("-1234.56"),
            new BigDecimal("-0.0001"),
            "6f1c2a54-0000-4000-8000-000000000001",
            Arrays.asList(null, 2),
            Arrays.asList("a", null, ""),
            List.of(List.of(1, 2), List.of(3, 4)),
            Map.of("k", 5L),
            null,
            "here");
  }

  @Test
  void oldAndNewRecordsBecomeRowsOfOneSchema() {
    // given: v1 lacks 'site' and 'note', has 'legacy' and a narrow count under its old name
    var v1 =
        record(
            "\"name\": \"id\", \"type\": \"string\"",
            "\"name\": \"legacy\", \"type\": {\"type\": \"map\", \"values\": [\"null\", \"int\"]}",
            "\"name\": \"n\", \"type\": \"int\"",
            "\"name\": \"mean\", \"type\": \"float\"");
    var v2 =
        record(
            "\"name\": \"mean\", \"type\": \"double\"",
            "\"name\": \"count\", \"type\": \"long\"",
            "\"name\": \"site\", \"type\": \"string\"",
            "\"name\": \"note\", \"type\": [\"null\", \"string\"]",
            "\"name\": \"id\", \"type\": \"string\"");
    var reader =
        record(
            "\"name\": \"id\", \"type\": \"string\"",
            "\"name\": \"count\", \"type\": \"long\", \"aliases\": [\"n\"]",
            "\"name\": \"mean\", \"type\": \"double\"",
            "\"name\": \"site\", \"type\": \"string\", \"default\": \"home\"",
            "\"name\": \"note\", \"type\": [\"null\", \"string\"], \"default\": null");
    var registry = new AvroFixtures.Schemas().with(1, v1).with(2, v2);
    var decoder = AvroFixtures.framed(reader, Framing.CONFLUENT, registry);
    var old = AvroFixtures.confluent(1, encode(v1, "a", Map.of("x", 1), 7, 0.5f));
    var young = AvroFixtures.confluent(2, encode(v2, 0.25, 1L << 40, "away", "hi", "b"));

    for (int i = 0; i < 3; i++) {
      // when
      var first = decode(decoder, reader, old);
      var second = decode(decoder, reader, young);

      // then
      assertThat(first).containsExactly("a", 7L, 0.5, "home", null);
      assertThat(second).containsExactly("b", 1L << 40, 0.25, "away", "hi");
    }
    assertThat(registry.asked).as("questions to the registry").isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "int, long, 5",
    "int, float, 5.0",
    "int, double, 5.0",
    "long, float, 5.0",
    "long, double, 5.0",
    "float, double, 5.0"
  })
  void widensNumbers(String written, String read, String expected) {
    // given
    var writer = record("\"name\": \"n\", \"type\": \"" + written + "\"");
    var reader = record("\"name\": \"n\", \"type\": [\"null\", \"" + read + "\"]");
    Object five = written.equals("int") ? (Object) 5 : written.equals("long") ? 5L : (Object) 5f;

    // when
    var values = decode(unframed(writer, reader), reader, encode(writer, five));

    // then
    assertThat(values.get(0)).asString().isEqualTo(expected);
  }

  @Test
  void readsTextAsBytesAndBytesAsText() {
    // given
    var text = record("\"name\": \"f\", \"type\": \"string\"");
    var blob = record("\"name\": \"f\", \"type\": \"bytes\"");

    // when, then
    assertThat(decode(unframed(text, blob), blob, encode(text, "a"))).containsExactly("[97]");
    assertThat(decode(unframed(blob, text), text, bytes(2, 97))).containsExactly("a");
    assertThat(rejection(unframed(blob, text), text, bytes(2, 0xff)))
        .isEqualTo("malformed_avro: f: is not UTF-8");
  }

  @Test
  void takesTheEnumDefaultForASymbolThatTheSchemaLacks() {
    // given
    var writer =
        record(
            "\"name\": \"c\", \"type\": {\"type\": \"enum\", \"name\": \"C\", \"symbols\": [\"A\","
                + " \"NEW\"]}");
    var reader =
        record(
            "\"name\": \"c\", \"type\": {\"type\": \"enum\", \"name\": \"C\", \"symbols\":"
                + " [\"OTHER\", \"A\"], \"default\": \"OTHER\"}");
    var strict =
        record(
            "\"name\": \"c\", \"type\": {\"type\": \"enum\", \"name\": \"C\", \"symbols\": [\"A\"]}");

    // when, then
    assertThat(decode(unframed(writer, reader), reader, bytes(0))).containsExactly("A");
    assertThat(decode(unframed(writer, reader), reader, bytes(2))).containsExactly("OTHER");
    assertThat(decode(unframed(writer, strict), strict, bytes(0))).containsExactly("A");
    assertThat(rejection(unframed(writer, strict), strict, bytes(2)))
        .startsWith("incompatible_schema: ");
  }

  @Test
  void aWriterMayHaveAUnionOfSeveralTypes() {
    // given
    var writer = record("\"name\": \"n\", \"type\": [\"null\", \"int\", \"long\", \"string\"]");
    var reader = record("\"name\": \"n\", \"type\": [\"null\", \"long\"]");
    var decoder = unframed(writer, reader);

    // when, then
    assertThat(decode(decoder, reader, encode(writer, row(writer, 3)))).containsExactly(3L);
    assertThat(decode(decoder, reader, encode(writer, row(writer, 4L)))).containsExactly(4L);
    assertThat(decode(decoder, reader, bytes(0))).containsExactly((Object) null);
    assertThat(rejection(decoder, reader, encode(writer, row(writer, "x"))))
        .isEqualTo("incompatible_schema: Found string, expecting union");
    assertThat(decode(decoder, reader, bytes(2, 10))).as("after a rejection").containsExactly(5L);
  }

  @Test
  void rejectsANewRequiredFieldWithoutADefault() {
    // given
    var writer = record("\"name\": \"a\", \"type\": \"int\"");
    var reader = record("\"name\": \"a\", \"type\": \"int\"", "\"name\": \"b\", \"type\": \"int\"");

    // when
    var rejection = rejection(unframed(writer, reader), reader, encode(writer, 1));

    // then
    assertThat(rejection).startsWith("incompatible_schema: ").contains("missing required field b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "long, timestamp-millis | long, timestamp-micros | was written as timestamp-millis",
        "int, date | long, timestamp-millis | was written as date",
        "int, time-millis | int, date | was written as time-millis"
      })
  void rejectsANumberThatWouldMeanSomethingElse(String written, String read, String expected) {
    // given
    var writer = record("\"name\": \"t\", \"type\": [\"null\", " + logical(written) + "]");
    var reader = record("\"name\": \"t\", \"type\": " + logical(read));

    // when
    var rejection = rejection(unframed(writer, reader), reader, bytes(2, 2));

    // then
    assertThat(rejection).startsWith("incompatible_schema: t: " + expected);
  }

  @Test
  void rejectsADecimalOfAnotherScale() {
    // given
    var writer = record("\"name\": \"d\", \"type\": " + decimal(10, 2));
    var reader = record("\"name\": \"d\", \"type\": " + decimal(10, 3));
    var narrow = record("\"name\": \"d\", \"type\": " + decimal(3, 2));
    var payload = bytes(4, 0x27, 0x10);

    // when, then
    assertThat(decode(unframed(writer, writer), writer, payload))
        .containsExactly(new BigDecimal("100.00"));
    assertThat(rejection(unframed(writer, reader), reader, payload))
        .isEqualTo(
            "incompatible_schema: d: was written as decimal with a scale of 2, the schema has"
                + " decimal with a scale of 3");
    assertThat(rejection(unframed(writer, narrow), narrow, payload))
        .isEqualTo("out_of_range: d: does not fit decimal(3,2)");
    assertThat(rejection(unframed(writer, writer), writer, bytes(0)))
        .isEqualTo("malformed_avro: d: the decimal has no bytes");
  }

  @Test
  void rejectsADecimalOfAMillionBytesAtOnce() {
    // given
    var schema = record("\"name\": \"d\", \"type\": " + decimal(38, 0));
    var digits = new byte[1 << 20];
    Arrays.fill(digits, (byte) 0x77);
    var payload = encode(schema, ByteBuffer.wrap(digits));

    // when, then
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThat(rejection(unframed(schema, schema), schema, payload))
                .isEqualTo("out_of_range: d: does not fit decimal(38,0)"));
  }

  @Test
  void rejectsATimestampBeyondWhatAColumnHolds() {
    // given
    var schema = record("\"name\": \"t\", \"type\": " + logical("long, timestamp-millis"));

    // when
    var rejection = rejection(unframed(schema, schema), schema, encode(schema, Long.MAX_VALUE));

    // then
    assertThat(rejection)
        .isEqualTo("out_of_range: t: 9223372036854775807 ms since 1970 does not fit timestamp");
  }

  @Test
  void rejectsEveryTruncationAndAnyByteMore() {
    // given
    var schema =
        record(
            "\"name\": \"t\", \"type\": \"string\"",
            "\"name\": \"a\", \"type\": {\"type\": \"array\", \"items\": \"double\"}",
            "\"name\": \"m\", \"type\": {\"type\": \"map\", \"values\": [\"null\", \"long\"]}");
    var decoder = unframed(schema, schema);
    var whole = encode(schema, "text", List.of(1.5, 2.5), Map.of("key", 1L << 50));
    assertThat(decode(decoder, schema, whole)).hasSize(3);

    // when, then
    for (int length = 1; length < whole.length; length++) {
      assertThat(rejection(decoder, schema, Arrays.copyOf(whole, length)))
          .as("the first %s bytes", length)
          .startsWith("malformed_avro: ");
    }
    assertThat(rejection(decoder, schema, Arrays.copyOf(whole, whole.length + 2)))
        .isEqualTo("malformed_avro: There are 2 bytes after the record");
    assertThat(rejection(decoder, schema, new byte[0])).startsWith("empty_payload: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C3 28",
        "A0",
        "E2 28 A1",
        "F0 28 8C BC",
        "C0 80",
        "E0 80 80",
        "ED A0 80",
        "F4 90 80 80",
        "E2 82"
      })
  void rejectsTextThatIsNotUtf8(String hex) {
    // given
    var text = HexFormat.ofDelimiter(" ").parseHex(hex);
    var payload = ByteBuffer.allocate(text.length + 1).put((byte) (2 * text.length)).put(text);

    // when
    var rejection = rejection(unframed(TEXT, TEXT), TEXT, payload.array());

    // then
    assertThat(rejection).isEqualTo("malformed_avro: t: is not UTF-8");
  }

  @Test
  void believesNoLength() {
    // given: a text and an array of 2 GB, of 2^62 and of less than nothing
    var gigabytes = bytes(0xfe, 0xff, 0xff, 0xff, 0x0f, 1, 2, 3);
    var endless = bytes(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1);
    var smallest = bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0);
    var tooLong = bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0);

    for (var payload : List.of(gigabytes, endless, smallest, tooLong)) {
      for (var schema : List.of(TEXT, LONGS)) {
        // when
        var rejection = rejection(unframed(schema, schema), schema, payload);

        // then
        assertThat(rejection).startsWith("malformed_avro: ");
      }
    }
    assertThat(rejection(unframed(TEXT, TEXT), TEXT, gigabytes))
        .isEqualTo("malformed_avro: A value of 2147483647 bytes begins, and 3 are left");
  }

  @Test
  void believesNoCountOfItemsWithoutBytes() {
    // given: 2^40 nulls, which only the writer knows
    var writer = record("\"name\": \"a\", \"type\": {\"type\": \"array\", \"items\": \"null\"}");
    var reader = record("\"name\": \"b\", \"type\": \"int\", \"default\": 1");
    var few = bytes(20, 0);
    var many = bytes(0x80, 0x80, 0x80, 0x80, 0x80, 0x40, 0);

    // when, then
    assertThat(decode(unframed(writer, reader), reader, few)).containsExactly(1);
    assertThat(rejection(unframed(writer, reader), reader, many))
        .startsWith("malformed_avro: A block claims 1099511627776 items");
  }

  @Test
  void readsAndSkipsBlocksThatSayTheirSize() {
    // given: -2 items in 2 bytes, then one item without a size
    var payload = bytes(3, 4, 2, 4, 2, 6, 0);
    var other = record("\"name\": \"b\", \"type\": \"int\", \"default\": 1");

    // when, then
    assertThat(decode(unframed(LONGS, LONGS), LONGS, payload)).containsExactly(List.of(1L, 2L, 3L));
    assertThat(decode(unframed(LONGS, other), other, payload)).containsExactly(1);
    assertThat(rejection(unframed(LONGS, other), other, bytes(3, 0x7f, 2, 4, 0)))
        .startsWith("malformed_avro: ");
  }

  @Test
  void skipsAMillionRecordsInsideEachOtherWithoutDepth() {
    // given: a list of nodes that the reader has no field for
    var writer =
        schema(
            """
            {"type": "record", "name": "R", "fields": [
              {"name": "list", "type": {"type": "record", "name": "Node", "fields": [
                {"name": "next", "type": ["null", "Node"]}]}},
              {"name": "n", "type": "int"}]}
            """);
    var reader = record("\"name\": \"n\", \"type\": \"int\"");
    var payload = new byte[(1 << 20) + 2];
    Arrays.fill(payload, (byte) 2);
    payload[1 << 20] = 0;

    // when
    var values = decode(unframed(writer, reader), reader, payload);

    // then
    assertThat(values).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 0x7f, 1})
  void rejectsABranchThatTheUnionLacks(int branch) {
    // given
    var schema = record("\"name\": \"n\", \"type\": [\"null\", \"long\"]");
    var other = record("\"name\": \"b\", \"type\": \"int\", \"default\": 1");

    // when, then
    assertThat(rejection(unframed(schema, schema), schema, bytes(branch, 2)))
        .startsWith("malformed_avro: ");
    assertThat(rejection(unframed(schema, other), other, bytes(branch, 2)))
        .as("skipped")
        .startsWith("malformed_avro: ");
  }

  @Test
  void rejectsWhatNoEncoderWrites() {
    // given
    var flag = record("\"name\": \"f\", \"type\": \"boolean\"");
    var number = record("\"name\": \"n\", \"type\": \"int\"");
    var map = record("\"name\": \"m\", \"type\": {\"type\": \"map\", \"values\": \"int\"}");
    var color =
        record(
            "\"name\": \"c\", \"type\": {\"type\": \"enum\", \"name\": \"C\", \"symbols\": [\"A\"]}");

    // when, then
    assertThat(rejection(unframed(flag, flag), flag, bytes(2)))
        .isEqualTo("malformed_avro: A boolean is 2, neither 0 nor 1");
    assertThat(rejection(unframed(number, number), number, bytes(0x80, 0x80, 0x80, 0x80, 0x10)))
        .isEqualTo("malformed_avro: An int is 2147483648, which has more than 32 bits");
    assertThat(rejection(unframed(map, map), map, bytes(4, 2, 'a', 2, 2, 'a', 4, 0)))
        .isEqualTo("duplicate_key: m: 'a' stands twice");
    assertThat(rejection(unframed(color, color), color, bytes(2))).startsWith("malformed_avro: ");
    assertThat(rejection(unframed(color, color), color, bytes(1))).startsWith("malformed_avro: ");
  }

  @Test
  void rejectsFieldsThatOnlyTheWriterHasIfTold() throws Rejection {
    // given
    var writer =
        schema(
            """
            {"type": "record", "name": "R", "fields": [
              {"name": "n", "type": "int"}, {"name": "more", "type": "int"},
              {"name": "p", "type": ["null", {"type": "record", "name": "P", "fields": [
                {"name": "x", "type": "int"}, {"name": "z", "type": "int"}]}]}]}
            """);
    var reader =
        schema(
            """
            {"type": "record", "name": "R", "fields": [
              {"name": "n", "type": "int"},
              {"name": "p", "type": ["null", {"type": "record", "name": "P", "fields": [
                {"name": "x", "type": "int"}]}]}]}
            """);
    var strict = decoder(writer, reader, true);
    var payload = encode(writer, 1, 2, null);

    // when, then
    assertThat(rejection(strict, reader, payload))
        .isEqualTo("unknown_field: more, p.z: the schema has no such field");
    assertThat(decode(decoder(reader, reader, true), reader, encode(reader, 1, (Object) null)))
        .containsExactly(1, null);
    assertThat(decode(unframed(writer, reader), reader, payload)).containsExactly(1, null);
    var drift = new DriftLog();
    var counting = unframed(writer, reader);
    counting.report(drift);
    assertThat(decode(counting, reader, payload)).containsExactly(1, null);
    assertThat(drift.value().ignored())
        .containsExactly(Map.entry("more", 1L), Map.entry("p.z", 1L));
  }

  @Test
  void rejectsASchemaThatTheRegistryLacksOrThatIsNotAvro() {
    // given
    var registry =
        new AvroFixtures.Schemas()
            .with(1, Language.PROTOBUF, "syntax = \"proto3\";")
            .with(2, Language.AVRO, "{");
    var decoder = AvroFixtures.framed(TEXT, Framing.CONFLUENT, registry);
    var value = encode(TEXT, "x");

    // when, then
    assertThat(rejection(decoder, TEXT, AvroFixtures.confluent(1, value)))
        .isEqualTo("incompatible_schema: Schema 1 is not Avro but PROTOBUF");
    assertThat(rejection(decoder, TEXT, AvroFixtures.confluent(2, value)))
        .startsWith("incompatible_schema: Schema 2 is no Avro schema: ");
    assertThat(rejection(decoder, TEXT, AvroFixtures.confluent(-3, value)))
        .isEqualTo("unknown_schema: The registry has no schema with id -3");
  }

  @Test
  void asksAgainForASchemaThatWasNotThere() {
    // given
    var registry = new AvroFixtures.Schemas();
    var decoder = AvroFixtures.framed(TEXT, Framing.CONFLUENT, registry);
    var payload = AvroFixtures.confluent(9, encode(TEXT, "x"));
    assertThat(rejection(decoder, TEXT, payload)).startsWith("unknown_schema");

    // when
    registry.with(9, TEXT);

    // then
    assertThat(decode(decoder, TEXT, payload)).containsExactly("x");
  }

  @Test
  void readsAWriterSchemaThatRefersToOthers() {
    // given
    var inner =
        "{\"type\": \"record\", \"name\": \"P\", \"fields\": [{\"name\": \"x\", \"type\": \"int\"}]}";
    var outer =
        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"p\", \"type\": \"P\"}]}";
    var reader = record("\"name\": \"p\", \"type\": " + inner);
    var written =
        new WriterSchema(Language.AVRO, outer, List.of(new WriterSchema.Reference("P", inner)));
    var decoder =
        AvroFixtures.framed(reader, Framing.CONFLUENT, new AvroFixtures.Schemas().with(1, written));

    // when
    var values = decode(decoder, reader, AvroFixtures.confluent(1, bytes(14)));

    // then
    assertThat(values).containsExactly(List.of(7));
  }

  @Test
  void isTheSameAfterItWasSent() throws IOException, ClassNotFoundException {
    // given
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(unframed(TEXT, TEXT));
    }

    // when
    var sent =
        (AvroDecoder)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    // then
    assertThat(decode(sent, TEXT, encode(TEXT, "x"))).containsExactly("x");
  }

  private static AvroDecoder decoder(Schema writer, Schema reader, boolean rejectUnknown) {
    return new AvroDecoder(
        new RecordSchema.Avro(reader.toString(), Optional.of(writer.toString())),
        AvroColumns.of(reader),
        Framing.NONE,
        rejectUnknown ? UnknownFields.REJECT : UnknownFields.IGNORE,
        RegistryAccess.of(Optional.empty()));
  }

  private static String logical(String typeAndName) {
    var parts = typeAndName.split(", ");
    return "{\"type\": \"" + parts[0] + "\", \"logicalType\": \"" + parts[1] + "\"}";
  }

  private static String decimal(int precision, int scale) {
    return "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": "
        + precision
        + ", \"scale\": "
        + scale
        + "}";
  }
}
