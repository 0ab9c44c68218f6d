/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/**
 * The decoder against Avro's own reader, on generated records and on the same records with some
 * bytes changed: what Avro reads in full, the decoder reads with the same values or rejects.
 */
class AvroDecoderAgainstAvroTest {
  private static final Schema WRITER =
      AvroFixtures.schema(
          """
          {"type": "record", "name": "R", "fields": [
            {"name": "gone", "type": {"type": "array", "items": {"type": "map", "values": ["string", "null", "int"]}}},
            {"name": "id", "type": "string"},
            {"name": "n", "type": ["null", "int"]},
            {"name": "f", "type": "float"},
            {"name": "blob", "type": "bytes"},
            {"name": "inner", "type": {"type": "record", "name": "I", "fields": [
              {"name": "flag", "type": "boolean"},
              {"name": "color", "type": {"type": "enum", "name": "C", "symbols": ["A", "B", "NEW"]}},
              {"name": "tags", "type": {"type": "array", "items": ["string", "null"]}}]}},
            {"name": "inners", "type": {"type": "array", "items": ["null", "I"]}},
            {"name": "byName", "type": {"type": "map", "values": "int"}},
            {"name": "fix", "type": {"type": "fixed", "name": "F", "size": 4}},
            {"name": "last", "type": ["null", "string"]}]}
          """);
  private static final Schema READER =
      AvroFixtures.schema(
          """
          {"type": "record", "name": "R", "fields": [
            {"name": "fix", "type": {"type": "fixed", "name": "F", "size": 4}},
            {"name": "id", "type": "string"},
            {"name": "number", "type": ["null", "long"], "aliases": ["n"]},
            {"name": "f", "type": ["double", "null"]},
            {"name": "added", "type": {"type": "array", "items": "int"}, "default": [1, 2]},
            {"name": "blob", "type": "bytes"},
            {"name": "inner", "type": {"type": "record", "name": "I", "fields": [
              {"name": "tags", "type": {"type": "array", "items": ["null", "string"]}},
              {"name": "color", "type": {"type": "enum", "name": "C", "symbols": ["B", "A", "X"], "default": "X"}},
              {"name": "flag", "type": "boolean"}]}},
            {"name": "inners", "type": {"type": "array", "items": ["null", "I"]}},
            {"name": "byName", "type": {"type": "map", "values": "double"}}]}
          """);
  private static final StructType COLUMNS = AvroColumns.of(READER);

  private final Random random = new Random(4711);
  private final AvroDecoder decoder = AvroFixtures.unframed(WRITER, READER);

  @Test
  void readsWhatAvroReads() throws IOException {
    for (int i = 0; i < 3_000; i++) {
      // given
      var payload = AvroFixtures.encode(WRITER, value(WRITER, 0));
      var expected = plain(read(payload), READER);

      // when
      var values = Decoded.values(decoder, COLUMNS, payload);

      // then
      assertThat(values).as("record %s", i).isEqualTo(expected);
    }
  }

  @Test
  void acceptsNothingBrokenThatAvroReadsOtherwise() {
    int accepted = 0;
    for (int i = 0; i < 6_000; i++) {
      // given
      var payload = AvroFixtures.encode(WRITER, value(WRITER, 0));
      for (int changes = random.nextInt(1, 3); changes > 0; changes--) {
        payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
      }

      // when
      var row = new GenericInternalRow(COLUMNS.length());
      try {
        decoder.decode(payload, row);
      } catch (Rejection e) {
        assertThat(e.reason())
            .isIn("malformed_avro", "incompatible_schema", "duplicate_key", "out_of_range");
        continue;
      }

      // then
      accepted++;
      Object expected;
      try {
        expected = plain(read(payload), READER);
      } catch (IOException | AvroRuntimeException e) {
        throw new AssertionError("accepted, and Avro refuses " + Arrays.toString(payload), e);
      }
      assertThat(Decoded.values(row, COLUMNS)).as(Arrays.toString(payload)).isEqualTo(expected);
    }
    assertThat(accepted).as("payloads that are whole all the same").isBetween(500, 5_000);
  }

  private static Object read(byte[] payload) throws IOException {
    BinaryDecoder in = DecoderFactory.get().binaryDecoder(payload, null);
    Object value = new GenericDatumReader<>(WRITER, READER).read(null, in);
    assertThat(in.isEnd()).as("all bytes are read").isTrue();
    return value;
  }

  private Object value(Schema schema, int depth) {
    return switch (schema.getType()) {
      case STRING -> text();
      case INT -> random.nextInt() >> random.nextInt(32);
      case LONG -> random.nextLong() >> random.nextInt(64);
      case FLOAT -> (float) random.nextGaussian();
      case DOUBLE -> random.nextGaussian();
      case BOOLEAN -> random.nextBoolean();
      case BYTES -> ByteBuffer.wrap(noise(random.nextInt(6)));
      case FIXED -> new GenericData.Fixed(schema, noise(schema.getFixedSize()));
      case NULL -> null;
      case ENUM ->
          new GenericData.EnumSymbol(
              schema, schema.getEnumSymbols().get(random.nextInt(schema.getEnumSymbols().size())));
      case UNION ->
          value(schema.getTypes().get(random.nextInt(schema.getTypes().size())), depth + 1);
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(value(schema.getElementType(), depth + 1));
        }
        yield items;
      }
      case MAP -> {
        Map<String, Object> items = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.put(text() + i, value(schema.getValueType(), depth + 1));
        }
        yield items;
      }
      case RECORD -> {
        var record = new GenericData.Record(schema);
        schema.getFields().forEach(f -> record.put(f.pos(), value(f.schema(), depth + 1)));
        yield record;
      }
    };
  }

  private String text() {
    int[] points = "abc019 \"\\\n\u0000äß€😀".codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private byte[] noise(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Object plain(Object value, Schema schema) {
    if (value == null) {
      return null;
    }
    return switch (schema.getType()) {
      case STRING, ENUM -> value.toString();
      case BYTES -> {
        var buffer = ((ByteBuffer) value).duplicate();
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        yield Arrays.toString(bytes);
      }
      case FIXED -> Arrays.toString(((GenericFixed) value).bytes());
      case UNION ->
          plain(
              value,
              schema.getTypes().stream()
                  .filter(s -> s.getType() != Schema.Type.NULL)
                  .findFirst()
                  .orElseThrow());
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        ((List<?>) value).forEach(item -> items.add(plain(item, schema.getElementType())));
        yield items;
      }
      case MAP -> {
        Map<Object, Object> items = new LinkedHashMap<>();
        ((Map<?, ?>) value)
            .forEach((k, v) -> items.put(k.toString(), plain(v, schema.getValueType())));
        yield items;
      }
      case RECORD -> {
        List<Object> values = new ArrayList<>();
        schema
            .getFields()
            .forEach(f -> values.add(plain(((IndexedRecord) value).get(f.pos()), f.schema())));
        yield values;
      }
      default -> value;
    };
  }
}
