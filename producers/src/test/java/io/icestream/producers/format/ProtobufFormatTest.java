/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.icestream.producers.ProducerException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtobufFormatTest {

  private static final String UUID = "b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63";

  /** Messages t.Z, t.A and t.A.B, in this order; A has two fields. */
  private static final byte[] SET =
      FileDescriptorSet.newBuilder()
          .addFile(
              FileDescriptorProto.newBuilder()
                  .setName("t.proto")
                  .setPackage("t")
                  .setSyntax("proto3")
                  .addMessageType(
                      DescriptorProto.newBuilder()
                          .setName("Z")
                          .addField(field("n", 1, Type.TYPE_INT32)))
                  .addMessageType(
                      DescriptorProto.newBuilder()
                          .setName("A")
                          .addField(field("device_id", 1, Type.TYPE_STRING))
                          .addField(field("n", 2, Type.TYPE_UINT64))
                          .addNestedType(
                              DescriptorProto.newBuilder()
                                  .setName("B")
                                  .addField(field("n", 1, Type.TYPE_INT32)))))
          .build()
          .toByteArray();

  @ParameterizedTest
  @CsvSource({
    "t.Z, none, , 0805",
    "t.Z, confluent, 258, 0000000102 00 0805",
    "t.A, confluent, 258, 0000000102 0202 1005",
    "t.A.B, confluent, 258, 0000000102 040200 0805",
    "t.A, glue, x, 0300b7b4a7f09c964e4aa687fb5de9ef0c63 00 1005",
    "t.A.B, glue, x, 0300b7b4a7f09c964e4aa687fb5de9ef0c63 01 0805",
    "t.Z, glue, x, 0300b7b4a7f09c964e4aa687fb5de9ef0c63 02 0805"
  })
  void writesTheHeadersThatReadersExpect(String message, String framing, String id, String hex)
      throws Exception {
    // given
    RecordFormat format = format(message, framing, id);

    // when
    byte[] value = format.ofJson("{\"n\":5}".getBytes(UTF_8));

    // then
    assertThat(HexFormat.of().formatHex(value)).isEqualTo(hex.replace(" ", ""));
    assertThat(format.ofBytes(value)).isSameAs(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'deviceId':5,'x':1}|Cannot find field: x",
        "{'n':-1}|Out of range uint64 value: -1",
        "{'n':'1e999999999'}|A number has an exponent of more than 400",
        "{'n':1e999999999}|A number has an exponent of more than 400",
        "{'n':1,'n':2}|Duplicate field 'n'",
        "[1]|The record is an array: expected an object",
      })
  void saysWhyARecordDoesNotFit(String json, String reason) {
    assertThatThrownBy(
            () -> format("t.A", "none", null).ofJson(json.replace('\'', '"').getBytes(UTF_8)))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void takesATextThatLooksLikeALargeNumber() throws Exception {
    // when
    byte[] value =
        format("t.A", "none", null).ofJson("{\"device_id\":\"12e34567\"}".getBytes(UTF_8));

    // then
    assertThat(new String(value, 2, value.length - 2, UTF_8)).isEqualTo("12e34567");
  }

  @ParameterizedTest
  @CsvSource({
    "1805, has no field with the number 3",
    "0a05, is no message t.A",
    "0a01ff, is no message t.A",
  })
  void refusesBytesThatAreNotTheMessage(String hex, String reason) {
    assertThatThrownBy(() -> format("t.A", "none", null).ofBytes(HexFormat.of().parseHex(hex)))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void namesTheMessagesToChooseFrom() {
    assertThatThrownBy(() -> format("t.C", "none", null))
        .isInstanceOf(ProducerException.class)
        .hasMessage("F, topic 'a': schema s has no message 't.C': it has t.Z, t.A, t.A.B");
  }

  private static RecordFormat format(String message, String framing, String id) {
    String number =
        id == null ? "" : ",\"schema_id\":" + (id.equals("x") ? "\"" + UUID + "\"" : id);
    return TopicFormats.of(
            "F",
            "{\"a\":{\"format\":\"protobuf\",\"schema\":\"s\",\"message\":\""
                + message
                + "\",\"framing\":\""
                + framing
                + "\""
                + number
                + "}}",
            place -> SET)
        .of("a");
  }

  private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
  }
}
