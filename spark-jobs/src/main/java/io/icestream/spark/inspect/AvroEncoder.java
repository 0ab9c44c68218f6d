/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.spark.plan.RecordSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes records with the schema that records without a framing are written with. */
final class AvroEncoder implements RecordEncoder {
  private final Schema schema;

  AvroEncoder(RecordSchema.Avro schema) {
    this.schema = new Schema.Parser().parse(schema.writer().orElse(schema.reader()));
  }

  @Override
  public byte[] encode(Map<String, Object> fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<>(schema).write(record(fields, schema, ""), encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a number does not fit: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  private static Object record(Map<?, ?> fields, Schema schema, String path) {
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      String at = path.isEmpty() ? field.name() : path + "." + field.name();
      if (fields.containsKey(field.name())) {
        record.put(field.pos(), value(fields.get(field.name()), field.schema(), at));
      } else if (field.hasDefaultValue()) {
        record.put(field.pos(), GenericData.get().getDefaultValue(field));
      } else {
        throw new IllegalArgumentException(
            at + ": is absent, and Avro cannot leave out a field without a default");
      }
    }
    for (Object name : fields.keySet()) {
      if (schema.getField(String.valueOf(name)) == null) {
        throw new IllegalArgumentException(
            (path.isEmpty() ? "" : path + ".") + name + ": the schema has no such field");
      }
    }
    return record;
  }

  private static Object value(Object value, Schema schema, String path) {
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case UNION -> branch(value, schema, path);
      case NULL -> of(value == null, null, value, schema, path);
      case STRING -> of(value instanceof String, value, value, schema, path);
      case BOOLEAN -> of(value instanceof Boolean, value, value, schema, path);
      case ENUM ->
          of(
              value instanceof String symbol && schema.hasEnumSymbol(symbol),
              new GenericData.EnumSymbol(schema, value),
              value,
              schema,
              path);
      case INT -> GivenValue.whole(value, logical, path).intValueExact();
      case LONG -> GivenValue.whole(value, logical, path).longValueExact();
      case FLOAT -> GivenValue.number(value, path).floatValue();
      case DOUBLE -> GivenValue.number(value, path).doubleValue();
      case BYTES ->
          logical instanceof LogicalTypes.Decimal decimal
              ? new Conversions.DecimalConversion()
                  .toBytes(scaled(value, decimal, path), schema, logical)
              : ByteBuffer.wrap(GivenValue.bytes(value, path));
      case FIXED ->
          logical instanceof LogicalTypes.Decimal decimal
              ? new Conversions.DecimalConversion()
                  .toFixed(scaled(value, decimal, path), schema, logical)
              : new GenericData.Fixed(schema, GivenValue.bytes(value, path));
      case RECORD -> {
        if (value instanceof Map<?, ?> fields) {
          yield record(fields, schema, path);
        }
        throw wrong(value, schema, path);
      }
      case ARRAY -> {
        if (value instanceof List<?> items) {
          List<Object> values = new ArrayList<>();
          items.forEach(item -> values.add(value(item, schema.getElementType(), path + "[]")));
          yield values;
        }
        throw wrong(value, schema, path);
      }
      case MAP -> {
        if (value instanceof Map<?, ?> entries) {
          Map<String, Object> values = new LinkedHashMap<>();
          entries.forEach(
              (key, item) ->
                  values.put(String.valueOf(key), value(item, schema.getValueType(), path + "{}")));
          yield values;
        }
        throw wrong(value, schema, path);
      }
    };
  }

  /** The first branch that can hold the value. */
  private static Object branch(Object value, Schema union, String path) {
    for (Schema branch : union.getTypes()) {
      try {
        return value(value, branch, path);
      } catch (IllegalArgumentException | ArithmeticException e) {
        // The next one may hold it
      }
    }
    throw wrong(value, union, path);
  }

  private static BigDecimal scaled(Object value, LogicalTypes.Decimal decimal, String path) {
    return GivenValue.number(value, path).setScale(decimal.getScale());
  }

  private static Object of(boolean fits, Object made, Object value, Schema schema, String path) {
    if (fits) {
      return made;
    }
    throw wrong(value, schema, path);
  }

  private static IllegalArgumentException wrong(Object value, Schema schema, String path) {
    return new IllegalArgumentException(
        path + ": Avro cannot write " + value + " as " + schema.getType().getName());
  }
}
