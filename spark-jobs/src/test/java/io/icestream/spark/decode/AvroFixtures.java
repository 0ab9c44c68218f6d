/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.plan.RecordSchema;
import io.icestream.spark.registry.SchemaId;
import io.icestream.spark.registry.WriterSchema;
import io.icestream.spark.registry.WriterSchema.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Real Avro bytes, and decoders for them. */
final class AvroFixtures {
  private AvroFixtures() {}

  static Schema schema(String text) {
    return new Schema.Parser().parse(text);
  }

  /** A record schema named R; fields as in {@code "name": "a", "type": "int"}. */
  static Schema record(String... fields) {
    var all = Arrays.stream(fields).map(f -> "{" + f + "}").toList();
    return schema(
        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + String.join(", ", all) + "]}");
  }

  /** A record of a schema, its fields in order. */
  static GenericData.Record row(Schema schema, Object... values) {
    var row = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      row.put(i, values[i]);
    }
    return row;
  }

  /** A record, given as such or by its fields in order. */
  static byte[] encode(Schema schema, Object... values) {
    boolean whole = values.length == 1 && values[0] instanceof GenericData.Record;
    Object value = whole ? values[0] : row(schema, values);
    try {
      var bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<>(schema).write(value, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Confluent's framing before a value. */
  static byte[] confluent(int id, byte[] value) {
    return ByteBuffer.allocate(5 + value.length).put((byte) 0).putInt(id).put(value).array();
  }

  /** Glue's framing before a value. */
  static byte[] glue(UUID id, int compression, byte[] value) {
    return ByteBuffer.allocate(18 + value.length)
        .put((byte) 3)
        .put((byte) compression)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .put(value)
        .array();
  }

  static byte[] bytes(int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static AvroDecoder unframed(Schema writer, Schema reader) {
    return new AvroDecoder(
        new RecordSchema.Avro(reader.toString(), Optional.of(writer.toString())),
        AvroColumns.of(reader),
        Framing.NONE,
        UnknownFields.IGNORE,
        RegistryAccess.of(Optional.empty()));
  }

  static AvroDecoder framed(Schema reader, Framing framing, Schemas registry) {
    return new AvroDecoder(
        new RecordSchema.Avro(reader.toString(), Optional.empty()),
        AvroColumns.of(reader),
        framing,
        UnknownFields.IGNORE,
        registry);
  }

  /** A registry in a map, which counts what it is asked. */
  static final class Schemas implements RegistryAccess {
    final Map<SchemaId, WriterSchema> known = new HashMap<>();
    int asked;

    Schemas with(int id, Language language, String text) {
      known.put(new SchemaId.Numbered(id), WriterSchema.of(language, text));
      return this;
    }

    Schemas with(int id, Schema schema) {
      return with(id, Language.AVRO, schema.toString());
    }

    Schemas with(UUID id, Language language, String text) {
      known.put(new SchemaId.Version(id), WriterSchema.of(language, text));
      return this;
    }

    Schemas with(int id, WriterSchema schema) {
      known.put(new SchemaId.Numbered(id), schema);
      return this;
    }

    @Override
    public io.icestream.spark.registry.SchemaRegistry registry() {
      return id -> {
        asked++;
        return Optional.ofNullable(known.get(id));
      };
    }
  }

  static List<Object> decode(AvroDecoder decoder, Schema reader, byte[] payload) {
    return Decoded.values(decoder, AvroColumns.of(reader), payload);
  }

  static String rejection(AvroDecoder decoder, Schema reader, byte[] payload) {
    return Decoded.rejection(decoder, AvroColumns.of(reader), payload);
  }
}
