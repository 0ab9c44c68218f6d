/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static io.icestream.spark.decode.AvroFixtures.bytes;
import static io.icestream.spark.decode.ProtobufFixtures.decode;
import static io.icestream.spark.decode.ProtobufFixtures.encode;
import static io.icestream.spark.decode.ProtobufFixtures.proto2;
import static io.icestream.spark.decode.ProtobufFixtures.proto3;
import static io.icestream.spark.decode.ProtobufFixtures.rejection;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.UnknownFieldSet;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.spark.registry.WriterSchema.Language;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtobufDecoderTest {
  private static final Descriptor ALL =
      ProtobufFixtures.message(
          """
          syntax = "proto3";
          package t;
          import "google/protobuf/timestamp.proto";
          import "google/protobuf/wrappers.proto";
          message M {
            int32 a = 1; sint32 b = 2; uint32 c = 3; fixed32 d = 4; sfixed32 e = 5;
            int64 f = 6; sint64 g = 7; uint64 h = 8; fixed64 i = 9; sfixed64 j = 10;
            float k = 11; double l = 12; bool m = 13; string n = 14; bytes o = 15;
            Color p = 16; Point q = 17; repeated int32 r = 18; repeated Point s = 19;
            map<string, int64> t = 20; map<int32, Point> u = 21;
            google.protobuf.Timestamp v = 22; google.protobuf.Int64Value w = 23;
            repeated google.protobuf.StringValue x = 24; optional int32 y = 25;
            oneof z { string za = 26; Point zb = 27; }
            repeated string aa = 28; repeated Color bb = 29;
            enum Color { NONE = 0; RED = 1; BLUE = -2; }
            message Point { int32 x = 1; optional int32 y = 2; }
          }
          """,
          "t.M");

  private static final String NESTED =
      """
      syntax = "proto3";
      package t;
      import "absent/elsewhere.proto";
      message B { message C { } enum E { Z = 0; } message A { message D { int32 x = 1; } } }
      message M { int32 x = 1; }
      """;

  @Test
  void readsEachType() {
    // when
    var values =
        decode(
            ALL,
            encode(
                ALL,
                """
                a: -1 b: -2 c: 4294967295 d: 4294967295 e: -5
                f: -9223372036854775808 g: -7 h: 18446744073709551615 i: 9223372036854775808 j: -10
                k: 0.1 l: -1.5e-3 m: true n: "Köln €😀" o: "\\000\\377"
                p: BLUE q { x: 1 } r: [1, -2, 300] s { x: 3 y: 4 } s { }
                t { key: "k" value: 5 } t { value: 6 } u { key: 7 value { y: 8 } } u { key: 9 }
                v { seconds: -1 nanos: 500000999 } w { value: 11 } x { value: "x" } x { }
                y: 0 zb { x: 12 } aa: ["", "b"] bb: [RED, NONE]
                """));

    // then
    assertThat(values)
        .containsExactly(
            -1,
            -2,
            4_294_967_295L,
            4_294_967_295L,
            -5,
            Long.MIN_VALUE,
            -7L,
            new BigDecimal("18446744073709551615"),
            new BigDecimal("9223372036854775808"),
            -10L,
            0.1f,
            -1.5e-3,
            true,
            "Köln €😀",
            "[0, -1]",
            "BLUE",
            Arrays.asList(1, null),
            List.of(1, -2, 300),
            List.of(List.of(3, 4), Arrays.asList(0, null)),
            Map.of("k", 5L, "", 6L),
            Map.of(7, List.of(0, 8), 9, Arrays.asList(0, null)),
            -500_000L,
            11L,
            List.of("x", ""),
            0,
            null,
            Arrays.asList(12, null),
            List.of("", "b"),
            List.of("RED", "NONE"));
  }

  @Test
  void givesDefaultsForWhatProto3DoesNotWrite() {
    // when
    var values = decode(ALL, new byte[0]);

    // then
    assertThat(values)
        .containsExactly(
            0,
            0,
            0L,
            0L,
            0,
            0L,
            0L,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            0L,
            0f,
            0d,
            false,
            "",
            "[]",
            "NONE",
            null,
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            null,
            null,
            List.of(),
            null,
            null,
            null,
            List.of(),
            List.of());
  }

  @Test
  void hasNullableColumnsWhereAFieldMayBeAbsent() {
    // when
    var columns = ProtobufColumns.of(ALL);

    // then
    assertThat(columns.fields())
        .filteredOn(f -> f.nullable())
        .extracting(f -> f.name())
        .containsExactly("q", "v", "w", "y", "za", "zb");
    assertThat(columns.apply("h").dataType().simpleString()).isEqualTo("decimal(20,0)");
    assertThat(columns.apply("v").dataType().simpleString()).isEqualTo("timestamp");
    assertThat(columns.apply("u").dataType().simpleString())
        .isEqualTo("map<int,struct<x:int,y:int>>");
  }

  @Test
  void oldAndNewRecordsBecomeRowsOfOneSchema() {
    // given: 'gone' is removed, 'n' widened and renamed, 'added' and 'maybe' are new
    var v1 = proto3("message M { string gone = 1; int32 n = 2; string id = 3; }");
    var v2 =
        proto3(
            "message M { string id = 3; int64 count = 2; string added = 4; optional int32 maybe = 5; }");
    var decoder = ProtobufFixtures.decoder(v2);
    var columns = ProtobufColumns.of(v2);
    var old = encode(v1, "gone: 'x' n: -7 id: 'a'");
    var young = encode(v2, "id: 'b' count: 1099511627776 added: 'y' maybe: 0");

    for (int i = 0; i < 3; i++) {
      // when, then
      assertThat(Decoded.values(decoder, columns, old)).containsExactly("a", -7L, "", null);
      assertThat(Decoded.values(decoder, columns, young)).containsExactly("b", 1L << 40, "y", 0);
    }
    assertThat(rejection(v1, young))
        .as("the new count under the old schema")
        .isEqualTo("out_of_range: n: 1099511627776 does not fit int");
  }

  @Test
  void rejectsAFieldThatIsRequiredAndAbsent() {
    // given
    var schema =
        proto2(
            "message M { required int32 a = 1; optional int32 b = 2 [default = 5]; optional P p ="
                + " 3; required P q = 4; } message P { required string s = 1; }");

    // when, then
    assertThat(decode(schema, encode(schema, "a: 0 q { s: 'x' }")))
        .containsExactly(0, null, null, List.of("x"));
    assertThat(rejection(schema, encode(schema, "q { s: 'x' }")))
        .isEqualTo("missing_field: a: is required and absent");
    assertThat(rejection(schema, encode(schema, "a: 1")))
        .isEqualTo("missing_field: q: is required and absent");
    assertThat(rejection(schema, encode(schema, "a: 1 q { s: 'x' } p { }")))
        .isEqualTo("missing_field: p.s: is required and absent");
  }

  @ParameterizedTest
  @CsvSource({
    "int32, 2147483648, a: 2147483648 does not fit int",
    "sint32, 4294967296, a: 2147483648 does not fit int",
    "uint32, 4294967296, a: 4294967296 does not fit uint32",
    "uint32, -1, a: 18446744073709551615 does not fit uint32",
    "bool, 2, a: 2 is neither 0 nor 1",
    "E, 7, a: enum E has no value 7",
    "E, -4294967295, a: enum E has no value -4294967295"
  })
  void rejectsANumberThatOthersWouldCut(String type, long number, String message) {
    // given
    var schema = proto3("message M { " + type + " a = 1; enum E { Z = 0; ONE = 1; } }");
    var payload =
        UnknownFieldSet.newBuilder()
            .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(number).build())
            .build()
            .toByteArray();

    // when, then
    assertThat(rejection(schema, payload)).isEqualTo("out_of_range: " + message);
  }

  @Test
  void takesPackedAndSingleNumbersTogether() {
    // given: 1, then packed 2 and 3, then 4
    var schema = proto3("message M { repeated int32 a = 1; }");

    // when, then
    assertThat(decode(schema, bytes(8, 1, 10, 2, 2, 3, 8, 4))).containsExactly(List.of(1, 2, 3, 4));
    assertThat(rejection(schema, bytes(10, 2, 2, 0x83))).startsWith("malformed_protobuf: ");
    assertThat(rejection(schema, bytes(10, 9, 1))).startsWith("malformed_protobuf: ");
  }

  @Test
  void mergesAMessageThatComesInParts() {
    // given
    var schema =
        proto3(
            "message M { P p = 1; string s = 2; oneof o { int32 a = 3; P b = 4; } } message P {"
                + " int32 x = 1; repeated int32 y = 2; }");
    var parts = new ByteArrayOutputStream();
    parts.writeBytes(encode(schema, "p { x: 1 y: 1 } s: 'first' b { x: 9 }"));
    parts.writeBytes(encode(schema, "p { y: 2 } s: 'last' a: 5"));

    // when
    var values = decode(schema, parts.toByteArray());

    // then
    assertThat(values).containsExactly(List.of(1, List.of(1, 2)), "last", 5, null);
  }

  @Test
  void rejectsEveryTruncationThatCutsAField() {
    // given
    var schema =
        proto3("message M { string s = 1; P p = 2; double d = 3; } message P { sint64 x = 1; }");
    var whole = encode(schema, "s: 'text' p { x: -1000 } d: 1.5");
    var ends = List.of(0, 6, 11);

    // when, then: a message may end after any field
    assertThat(decode(schema, whole)).containsExactly("text", List.of(-1000L), 1.5);
    for (int length = 0; length < whole.length; length++) {
      var part = Arrays.copyOf(whole, length);
      if (ends.contains(length)) {
        assertThat(decode(schema, part)).hasSize(3);
      } else {
        assertThat(rejection(schema, part))
            .as("the first %s bytes", length)
            .startsWith("malformed_protobuf: ");
      }
    }
  }

  @Test
  void rejectsBytesThatNoEncoderWrites() {
    // given
    var schema =
        proto3("message M { string s = 1; bytes b = 2; P p = 3; } message P { int32 x = 1; }");

    // when, then
    assertThat(rejection(schema, bytes(10, 2, 0xc3, 0x28)))
        .isEqualTo("malformed_protobuf: s: is not UTF-8");
    assertThat(rejection(schema, bytes(18, 0xff, 0xff, 0xff, 0xff, 7, 1)))
        .as("a length of 2 GB")
        .startsWith("malformed_protobuf: ");
    assertThat(rejection(schema, bytes(18, 0xff, 0xff, 0xff, 0xff, 15, 1)))
        .as("a negative length")
        .startsWith("malformed_protobuf: ");
    assertThat(rejection(schema, bytes(26, 0xff, 0xff, 0xff, 0xff, 7, 8, 1)))
        .as("a message of 2 GB")
        .startsWith("malformed_protobuf: ");
    assertThat(rejection(schema, bytes(26, 1, 8))).startsWith("malformed_protobuf: ");
    assertThat(rejection(schema, bytes(0, 0))).as("field 0").startsWith("malformed_protobuf: ");
    assertThat(rejection(schema, bytes(15))).as("wire type 7").startsWith("wrong_type: ");
    assertThat(rejection(schema, bytes(0x7f, 1))).startsWith("malformed_protobuf: ");
    assertThat(rejection(schema, bytes(0x54)))
        .as("the end of a group that has not begun")
        .startsWith("malformed_protobuf: ");
    assertThat(rejection(schema, bytes(26, 11, 8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2)))
        .isEqualTo("malformed_protobuf: A number has more than 64 bits");
    assertThat(rejection(schema, bytes(8, 1)))
        .isEqualTo("wrong_type: s: expected a length on the wire, found a varint");
    assertThat(rejection(schema, bytes(26, 2, 10, 0)))
        .isEqualTo("wrong_type: p.x: expected a varint on the wire, found a length");
    assertThat(rejection(schema, "{\"s\": 1}".getBytes(UTF_8))).startsWith("malformed_protobuf: ");
  }

  @Test
  void skipsGroupsInsideEachOtherUpToALimit() {
    // given: field 10 is a group, and unknown
    var schema = proto3("message M { string s = 1; }");

    // when, then
    assertThat(decode(schema, groups(50))).containsExactly("");
    assertThat(rejection(schema, groups(1_000_000))).startsWith("malformed_protobuf: ");
  }

  @ParameterizedTest
  @CsvSource({
    "-62135596801, 0",
    "253402300800, 0",
    "0, -1",
    "0, 1000000000",
    "9223372036854775807, 0"
  })
  void rejectsWhatIsNoTimestamp(long seconds, int nanos) {
    assertThat(rejection(ALL, encode(ALL, "v { seconds: " + seconds + " nanos: " + nanos + " }")))
        .isEqualTo(
            "out_of_range: v: " + seconds + " s and " + nanos + " ns since 1970 is no timestamp");
  }

  @Test
  void rejectsUnknownFieldsIfTold() {
    // given
    var old = proto3("message M { string s = 1; P p = 2; } message P { int32 x = 1; }");
    var young =
        proto3(
            "message M { string s = 1; P p = 2; int32 n = 3; } message P { int32 x = 1; int32 y = 9; }");
    var strict =
        ProtobufFixtures.decoder(old, Framing.NONE, true, RegistryAccess.of(Optional.empty()));
    var columns = ProtobufColumns.of(old);

    // when, then
    assertThat(Decoded.rejection(strict, columns, encode(young, "s: 'x' n: 1")))
        .isEqualTo("unknown_field: 3: the message has no field with this number");
    assertThat(Decoded.rejection(strict, columns, encode(young, "p { y: 1 }")))
        .isEqualTo("unknown_field: p.9: the message has no field with this number");
    assertThat(Decoded.values(strict, columns, encode(young, "s: 'x'"))).containsExactly("x", null);
    assertThat(decode(old, encode(young, "s: 'x' n: 1"))).containsExactly("x", null);
  }

  @Test
  void countsTheFieldsThatAreLeftOut() {
    // given
    var schema = proto3("message M { string s = 1; P p = 2; } message P { int32 x = 1; }");
    var decoder = ProtobufFixtures.decoder(schema);
    var drift = new DriftLog();
    decoder.report(drift);

    // when: 7 twice, and 3 in p
    var values =
        Decoded.values(
            decoder, ProtobufColumns.of(schema), bytes(0x38, 1, 0x12, 2, 0x18, 1, 0x38, 1));

    // then
    assertThat(values).containsExactly("", List.of(0));
    assertThat(drift.value().ignored()).containsExactly(Map.entry("7", 2L), Map.entry("p.3", 1L));
  }

  @Test
  void findsTheMessageByConfluentsIndexes() {
    // given: M is the second, B.A.D is 0, 1, 0
    var schema =
        proto3("message M { int32 x = 1; } message B { message A { message D { int32 x = 1; } } }");
    var inner =
        schema.getFile().findMessageTypeByName("B").getNestedTypes().get(0).getNestedTypes().get(0);
    var registry = new AvroFixtures.Schemas().with(1, Language.PROTOBUF, NESTED);
    var top = ProtobufFixtures.decoder(schema, Framing.CONFLUENT, false, registry);
    var deep = ProtobufFixtures.decoder(inner, Framing.CONFLUENT, false, registry);
    var columns = ProtobufColumns.of(schema);

    // when, then
    assertThat(Decoded.values(top, columns, confluent(bytes(2, 2, 8, 5)))).containsExactly(5);
    assertThat(Decoded.values(deep, columns, confluent(bytes(6, 0, 2, 0, 8, 5))))
        .containsExactly(5);
    assertThat(Decoded.rejection(top, columns, confluent(bytes(0, 8, 5))))
        .isEqualTo("incompatible_schema: The record holds a message t.B, the schema has t.M");
    assertThat(Decoded.rejection(top, columns, confluent(bytes(2, 4))))
        .isEqualTo("malformed_framing: The writer's schema has no message with the index 2");
    assertThat(Decoded.rejection(top, columns, confluent(bytes(4, 0, 4))))
        .isEqualTo("malformed_framing: The writer's schema has no message with the index 2");
    assertThat(Decoded.rejection(top, columns, confluent(bytes(2, 1))))
        .startsWith("malformed_framing: ");
    assertThat(Decoded.rejection(top, columns, confluent(bytes(1))))
        .isEqualTo("malformed_framing: The message has -1 indexes");
    assertThat(Decoded.rejection(top, columns, confluent(bytes(0xfe, 0xff, 0xff, 0xff, 0x0f, 0))))
        .as("2^31 indexes")
        .startsWith("malformed_protobuf: ");
    assertThat(Decoded.rejection(top, columns, confluent(bytes())))
        .startsWith("malformed_protobuf: ");
    assertThat(Decoded.rejection(top, columns, AvroFixtures.confluent(2, bytes(0))))
        .isEqualTo("unknown_schema: The registry has no schema with id 2");
    assertThat(registry.asked).isEqualTo(3);
  }

  @Test
  void findsTheMessageByGluesIndex() {
    // given: sorted, B is 0, B.A 1, B.A.D 2, B.C 3, M 4
    var id = UUID.randomUUID();
    var schema = proto3("message M { int32 x = 1; }");
    var registry = new AvroFixtures.Schemas().with(id, Language.PROTOBUF, NESTED);
    var decoder = ProtobufFixtures.decoder(schema, Framing.GLUE, false, registry);
    var columns = ProtobufColumns.of(schema);

    // when, then
    assertThat(Decoded.values(decoder, columns, AvroFixtures.glue(id, 0, bytes(4, 8, 5))))
        .containsExactly(5);
    assertThat(Decoded.rejection(decoder, columns, AvroFixtures.glue(id, 0, bytes(3, 8, 5))))
        .isEqualTo("incompatible_schema: The record holds a message t.B.C, the schema has t.M");
    assertThat(Decoded.rejection(decoder, columns, AvroFixtures.glue(id, 0, bytes(5))))
        .isEqualTo("malformed_framing: The writer's schema has no message with the index 5");
  }

  @Test
  void rejectsASchemaThatIsNotProtobuf() {
    // given
    var schema = proto3("message M { int32 x = 1; }");
    var registry =
        new AvroFixtures.Schemas()
            .with(1, Language.AVRO, "\"int\"")
            .with(2, Language.PROTOBUF, "message {");
    var decoder = ProtobufFixtures.decoder(schema, Framing.CONFLUENT, false, registry);
    var columns = ProtobufColumns.of(schema);

    // when, then
    assertThat(Decoded.rejection(decoder, columns, AvroFixtures.confluent(1, bytes(0))))
        .isEqualTo("incompatible_schema: Schema 1 is not Protobuf but AVRO");
    assertThat(Decoded.rejection(decoder, columns, AvroFixtures.confluent(2, bytes(0))))
        .startsWith("incompatible_schema: Schema 2 is no Protobuf schema: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "message M { N n = 1; } message N { M m = 1; } | field 'n.m' is a message that contains itself",
        "message M { repeated N n = 1; } message N { } | field 'n[]' is a message without fields",
        "message M { } | field 'M' is a message without fields"
      })
  void refusesTypesThatNoColumnCanHold(String declarations, String message) {
    // given
    var schema = proto3(declarations);

    // when, then
    assertThatThrownBy(() -> ProtobufColumns.of(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message + ", which no column can hold. Give it another type");
  }

  @Test
  void isTheSameAfterItWasSent() throws IOException, ClassNotFoundException {
    // given
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(ProtobufFixtures.decoder(ALL));
    }

    // when
    var sent =
        (ProtobufDecoder)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    // then
    assertThat(Decoded.values(sent, ProtobufColumns.of(ALL), encode(ALL, "a: 5"))).startsWith(5);
  }

  private static byte[] confluent(byte[] value) {
    return AvroFixtures.confluent(1, value);
  }

  private static byte[] groups(int depth) {
    var payload = new byte[2 * depth];
    Arrays.fill(payload, 0, depth, (byte) 0x53);
    Arrays.fill(payload, depth, 2 * depth, (byte) 0x54);
    return payload;
  }
}
