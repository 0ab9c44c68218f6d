/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static io.icestream.spark.decode.ProtobufFixtures.proto3;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.spark.registry.WriterSchema.Language;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A writer that means other values by the same bytes is found out by its schema. */
class ProtobufComparisonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sint32 n = 1; | int64 n = 1; | n: was written as sint32, the schema has int64",
        "int64 n = 1; | uint64 n = 1; | n: was written as int64, the schema has uint64",
        "fixed32 n = 1; | float n = 1; | n: was written as fixed32, the schema has float",
        "sfixed64 n = 1; | fixed64 n = 1; | n: was written as sfixed64, the schema has fixed64",
        "bool n = 1; | int32 n = 1; | n: was written as bool, the schema has int32",
        "repeated int32 n = 1; | int32 n = 1; | n: was written as a list, the schema has one",
        "int32 n = 1; | repeated int32 n = 1; | n: was written as a single value, the schema has a"
            + " list",
        "string n = 1; | N n = 1; | n: was written as string, the schema has message",
        "oneof o { sint64 n = 1; } | int64 n = 1; | n: was written as sint64, the schema has int64",
        "P p = 2; | N p = 2; | p.x: was written as sint32, the schema has int32",
      })
  void rejectsARecordWhoseWriterMeantAnotherValue(String written, String read, String conflict) {
    assertThat(decode(written, read)).isEqualTo("incompatible_schema: " + conflict);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int32 n = 1; | int64 n = 1;",
        "uint64 n = 1; | uint32 n = 1;",
        "sint32 n = 1; | sint64 n = 1;",
        "string n = 1; | bytes n = 1;",
        "int32 other_name = 1; | int32 n = 1;",
        "int32 n = 1; string more = 3; | int32 n = 1;",
        "int32 n = 1; | int32 n = 1; string more = 3;",
        "repeated int32 n = 1; | repeated int64 n = 1;",
        "map<string, int32> n = 1; | map<string, int32> n = 1;",
        "N p = 2; | N p = 2;",
        ".t.N p = 2; | t.N p = 2;",
      })
  void readsARecordWhoseWriterMeantTheSame(String both) {
    String[] parts = both.split(" \\| ");
    assertThat(decode(parts[0], parts[1])).isEmpty();
  }

  /** Reason and detail of the rejection of an empty message; empty if it is read. */
  private static String decode(String written, String read) {
    String others = " message N { int32 x = 1; } message P { sint32 x = 1; }";
    Descriptor schema = proto3("message M { " + read + " }" + others);
    String writer = "syntax = \"proto3\"; package t; message M { " + written + " }" + others;
    var registry = new AvroFixtures.Schemas().with(1, Language.PROTOBUF, writer);
    var decoder = ProtobufFixtures.decoder(schema, Framing.CONFLUENT, false, registry);
    byte[] payload = AvroFixtures.confluent(1, AvroFixtures.bytes(0));
    var row = new GenericInternalRow(ProtobufColumns.of(schema).length());
    try {
      decoder.decode(payload, row);
      return "";
    } catch (Rejection e) {
      return e.reason() + ": " + e.getMessage();
    }
  }
}
