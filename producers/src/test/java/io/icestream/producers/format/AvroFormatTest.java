/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroFormatTest {

  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Reading", "fields": [
                {"name": "id", "type": "string"},
                {"name": "n", "type": ["null", "int", "long", "string"], "default": null},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"},
                 "default": 0},
                {"name": "price", "default": "\\u0000", "type":
                  {"type": "bytes", "logicalType": "decimal", "precision": 5, "scale": 2}},
                {"name": "kind", "type": {"type": "enum", "name": "K", "symbols": ["A", "B"]},
                 "default": "A"},
                {"name": "tags", "type": {"type": "array", "items": "string"}, "default": []},
                {"name": "of", "type": {"type": "map", "values": "double"}, "default": {}}]}
              """);
  private static final UUID VERSION = UUID.fromString("b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63");

  @Test
  void writesTheHeadersThatReadersExpect() throws Exception {
    // when
    byte[] json = "{\"id\":\"d\",\"n\":3}".getBytes(UTF_8);
    byte[] plain = new AvroFormat(SCHEMA, new Framing.None()).ofJson(json);
    byte[] confluent = new AvroFormat(SCHEMA, new Framing.Confluent(0x01020304)).ofJson(json);
    byte[] glue = new AvroFormat(SCHEMA, new Framing.Glue(VERSION)).ofJson(json);

    // then
    assertThat(hex(plain)).isEqualTo("0264" + "0206" + "00" + "0200" + "00" + "00" + "00");
    assertThat(hex(confluent)).isEqualTo("0001020304" + hex(plain));
    assertThat(hex(glue)).isEqualTo("0300b7b4a7f09c964e4aa687fb5de9ef0c63" + hex(plain));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':'é','n':null,'at':1700000000123,'price':-1.5,'kind':'B','tags':['x'],'of':{'a':0.5}}",
        "{'id':'','n':5000000000,'at':'2023-11-14T22:13:20.123Z','price':'999.99'}",
        "{'id':'x','n':'text','at':'2023-11-14T23:13:20+01:00','price':1e2,'of':{}}"
      })
  void writesWhatAvroReadsBackAndTakesItAgainAsBytes(String json) throws Exception {
    // given
    AvroFormat format = new AvroFormat(SCHEMA, new Framing.Confluent(7));

    // when
    byte[] value = format.ofJson(bytes(json));

    // then
    Object read =
        new GenericDatumReader<>(SCHEMA)
            .read(
                null,
                DecoderFactory.get()
                    .binaryDecoder(Arrays.copyOfRange(value, 5, value.length), null));
    assertThat(read).isEqualTo(new AvroFields().value(JsonTree.of(bytes(json)), SCHEMA, ""));
    assertThat(format.ofBytes(value)).isSameAs(value);
  }

  @Test
  void readsTimesAndDecimalsAsTheyAreWritten() throws Exception {
    // when
    var read =
        (org.apache.avro.generic.GenericRecord)
            new AvroFields()
                .value(
                    JsonTree.of(bytes("{'id':'x','at':'1969-12-31T23:59:59.999Z','price':-0.1}")),
                    SCHEMA,
                    "");

    // then
    assertThat(read.get("at")).isEqualTo(-1L);
    assertThat(((java.nio.ByteBuffer) read.get("price")).get(0)).isEqualTo((byte) -10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|Field id is missing, and has no default",
        "{'id':1}|Field id is a number that does not fit: the schema has a text",
        "{'id':'x','idd':1}|The schema has no field idd: add it, or leave it out",
        "{'id':'x','id':'y'}|Malformed JSON at line 1, column 15: Duplicate field 'id'",
        "{'id':'x','n':1.5}|Field n is a number that does not fit: the schema has an int",
        "{'id':'x','kind':'C'}|Field kind is a text that does not fit: the schema has one of [A, B]",
        "{'id':'x','tags':['a',1]}|Field tags is a number that does not fit: the schema has a text",
        "{'id':'x','of':{'a':9007199254740993}}|Field of is a number that does not fit: the schema has a double, which cannot hold this number",
        "{'id':'x','of':{'a':1e999}}|Field of is a number that does not fit: the schema has a double",
        "[]|The record is an array: expected an object",
      })
  void saysWhyARecordDoesNotFit(String json, String reason) {
    assertThatThrownBy(() -> new AvroFormat(SCHEMA, new Framing.None()).ofJson(bytes(json)))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.234", "1000", "1e999999999", "1e-999999999", "'x'", "''", "true"})
  void takesADecimalOnlyIfItIsKept(String price) {
    assertThatThrownBy(
            () ->
                new AvroFormat(SCHEMA, new Framing.None())
                    .ofJson(bytes("{'id':'x','price':" + price + "}")))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageContaining("price");
  }

  @ParameterizedTest
  @CsvSource({
    "02, needs 1 bytes",
    "0264020600020000000000, follow the end",
    "feffffff0f, needs 2147483647 bytes",
    "0280, is not UTF-8",
    "026408, is not a branch of the union",
    "0264000002000600, is not one of the symbols",
    "026400000200000202ff, is not UTF-8"
  })
  void refusesBytesThatAreNotOneRecord(String hex, String reason) {
    assertThatThrownBy(
            () -> new AvroFormat(SCHEMA, new Framing.None()).ofBytes(HexFormat.of().parseHex(hex)))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void countsItemsOfNoBytes() throws IOException {
    // given
    Schema nulls =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":"
                    + "{\"type\":\"array\",\"items\":\"null\"}}]}");

    // then
    assertThatThrownBy(
            () ->
                new AvroFormat(nulls, new Framing.None())
                    .ofBytes(HexFormat.of().parseHex("feffffff0f00")))
        .hasMessage("Field a has more items than bytes");
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
