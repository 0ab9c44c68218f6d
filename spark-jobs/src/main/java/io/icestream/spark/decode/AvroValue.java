/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.ResolvingDecoder;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads one value of the reader's schema, in Spark's internal form. */
@FunctionalInterface
interface AvroValue {

  /** Reads the next value; null for Avro's null. */
  Object read(ResolvingDecoder in) throws IOException, Rejection;

  /**
   * The reader for a schema.
   *
   * @param schema has types only that {@link AvroColumns} takes
   */
  static AvroValue of(Schema schema, String path) {
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case STRING -> in -> text(in.readString(null), path);
      case ENUM -> symbol(schema, path);
      case BOOLEAN -> ResolvingDecoder::readBoolean;
      case INT -> ResolvingDecoder::readInt;
      case LONG ->
          logical instanceof LogicalTypes.TimestampMillis
              ? in -> micros(in.readLong(), path)
              : ResolvingDecoder::readLong;
      case FLOAT -> ResolvingDecoder::readFloat;
      case DOUBLE -> ResolvingDecoder::readDouble;
      case BYTES ->
          logical instanceof LogicalTypes.Decimal decimal
              ? in -> AvroDecimals.read(bytes(in.readBytes(null)), decimal, path)
              : in -> bytes(in.readBytes(null));
      case FIXED ->
          logical instanceof LogicalTypes.Decimal decimal
              ? in -> AvroDecimals.read(fixed(in, schema.getFixedSize()), decimal, path)
              : in -> fixed(in, schema.getFixedSize());
      case RECORD -> {
        AvroRecord fields = new AvroRecord(schema, path);
        yield in -> {
          GenericInternalRow row = new GenericInternalRow(fields.size());
          fields.fill(in, row);
          return row;
        };
      }
      case ARRAY -> array(of(schema.getElementType(), path + "[]"));
      case MAP -> map(of(schema.getValueType(), path + "{}"), path);
      case UNION -> union(schema, path);
      case NULL ->
          in -> {
            in.readNull();
            return null;
          };
    };
  }

  private static AvroValue symbol(Schema schema, String path) {
    UTF8String[] symbols =
        schema.getEnumSymbols().stream().map(UTF8String::fromString).toArray(UTF8String[]::new);
    return in -> {
      int ordinal = in.readEnum();
      if (ordinal < 0 || ordinal >= symbols.length) {
        throw malformed(path + ": the enum has no symbol " + ordinal);
      }
      return symbols[ordinal];
    };
  }

  private static AvroValue array(AvroValue element) {
    return in -> {
      List<Object> items = new ArrayList<>();
      for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
        for (long i = 0; i < left; i++) {
          items.add(element.read(in));
        }
      }
      return new GenericArrayData(items.toArray());
    };
  }

  private static AvroValue map(AvroValue value, String path) {
    return in -> {
      List<Object> keys = new ArrayList<>();
      List<Object> items = new ArrayList<>();
      Set<UTF8String> seen = new HashSet<>();
      for (long left = in.readMapStart(); left > 0; left = in.mapNext()) {
        for (long i = 0; i < left; i++) {
          UTF8String key = text(in.readString(null), path);
          if (!seen.add(key)) {
            throw new Rejection("duplicate_key", path + ": '" + key + "' stands twice");
          }
          keys.add(key);
          items.add(value.read(in));
        }
      }
      return new ArrayBasedMapData(
          new GenericArrayData(keys.toArray()), new GenericArrayData(items.toArray()));
    };
  }

  private static AvroValue union(Schema schema, String path) {
    AvroValue[] branches =
        schema.getTypes().stream().map(s -> of(s, path)).toArray(AvroValue[]::new);
    return in -> branches[in.readIndex()].read(in);
  }

  private static UTF8String text(org.apache.avro.util.Utf8 text, String path) throws Rejection {
    byte[] bytes = text.getBytes();
    if (!Utf8.isValid(bytes, 0, text.getByteLength())) {
      throw malformed(path + ": is not UTF-8");
    }
    return UTF8String.fromBytes(bytes, 0, text.getByteLength());
  }

  private static long micros(long millis, String path) throws Rejection {
    try {
      return Math.multiplyExact(millis, 1_000L);
    } catch (ArithmeticException e) {
      throw new Rejection(
          "out_of_range", path + ": " + millis + " ms since 1970 does not fit timestamp");
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static byte[] fixed(ResolvingDecoder in, int size) throws IOException {
    byte[] bytes = new byte[size];
    in.readFixed(bytes, 0, size);
    return bytes;
  }

  private static Rejection malformed(String detail) {
    return new Rejection("malformed_avro", detail);
  }
}
