/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Reads one scalar in Spark's internal form. Numbers that do not fit their type are rejected, where
 * Protobuf's own readers cut bits off.
 */
@FunctionalInterface
interface ProtobufScalar {
  /** What holds any unsigned number of 64 bits. */
  DecimalType UNSIGNED_LONG = DataTypes.createDecimalType(20, 0);

  Object read(CodedInputStream in) throws IOException, Rejection;

  /** The reader for a field that is no message. */
  static ProtobufScalar of(FieldDescriptor field, String path) {
    return switch (field.getType()) {
      case INT32 -> in -> fitting(varint(in), path);
      case SINT32 -> in -> fitting(CodedInputStream.decodeZigZag64(varint(in)), path);
      case SFIXED32 -> CodedInputStream::readSFixed32;
      case UINT32 -> in -> fittingUnsigned(varint(in), path);
      case FIXED32 -> in -> Integer.toUnsignedLong(in.readFixed32());
      case INT64 -> ProtobufScalar::varint;
      case SINT64 -> in -> CodedInputStream.decodeZigZag64(varint(in));
      case SFIXED64 -> CodedInputStream::readSFixed64;
      case UINT64 -> in -> unsigned(varint(in));
      case FIXED64 -> in -> unsigned(in.readFixed64());
      case FLOAT -> CodedInputStream::readFloat;
      case DOUBLE -> CodedInputStream::readDouble;
      case BOOL -> in -> bool(varint(in), path);
      case STRING -> in -> text(in.readByteArray(), path);
      case BYTES -> CodedInputStream::readByteArray;
      case ENUM -> symbol(field, path);
      case MESSAGE, GROUP -> throw new IllegalArgumentException(path + " is no scalar");
    };
  }

  /** What a field has that is not on the wire and cannot be absent. */
  static Object fallback(FieldDescriptor field) {
    return switch (field.getType()) {
      case INT32, SINT32, SFIXED32 -> 0;
      case UINT32, FIXED32, INT64, SINT64, SFIXED64 -> 0L;
      case UINT64, FIXED64 -> unsigned(0);
      case FLOAT -> 0f;
      case DOUBLE -> 0d;
      case BOOL -> false;
      case STRING -> UTF8String.EMPTY_UTF8;
      case BYTES -> new byte[0];
      case ENUM -> UTF8String.fromString(field.getEnumType().getValues().get(0).getName());
      case MESSAGE, GROUP -> null;
    };
  }

  /** A number of up to 64 bits. Protobuf's own reader takes tenth bytes that cannot be. */
  private static long varint(CodedInputStream in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte part = in.readRawByte();
      if (shift == 63 && part != 0 && part != 1) {
        break;
      }
      value |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new MalformedPayloadException("A number has more than 64 bits");
  }

  private static int fitting(long value, String path) throws Rejection {
    if (value != (int) value) {
      throw outOfRange(path, value + " does not fit int");
    }
    return (int) value;
  }

  private static long fittingUnsigned(long value, String path) throws Rejection {
    if (value >>> 32 != 0) {
      throw outOfRange(path, Long.toUnsignedString(value) + " does not fit uint32");
    }
    return value;
  }

  private static Decimal unsigned(long value) {
    BigDecimal number =
        value >= 0 ? BigDecimal.valueOf(value) : new BigDecimal(Long.toUnsignedString(value));
    return Decimal.apply(number, UNSIGNED_LONG.precision(), UNSIGNED_LONG.scale());
  }

  private static boolean bool(long value, String path) throws Rejection {
    if (value != 0 && value != 1) {
      throw outOfRange(path, Long.toUnsignedString(value) + " is neither 0 nor 1");
    }
    return value == 1;
  }

  private static UTF8String text(byte[] bytes, String path) throws Rejection {
    if (!Utf8.isValid(bytes, 0, bytes.length)) {
      throw new Rejection("malformed_protobuf", path + ": is not UTF-8");
    }
    return UTF8String.fromBytes(bytes);
  }

  private static ProtobufScalar symbol(FieldDescriptor field, String path) {
    Map<Long, UTF8String> names = new HashMap<>();
    for (EnumValueDescriptor value : field.getEnumType().getValues()) {
      names.putIfAbsent((long) value.getNumber(), UTF8String.fromString(value.getName()));
    }
    String type = field.getEnumType().getName();
    return in -> {
      long number = varint(in);
      UTF8String name = names.get(number);
      if (name == null) {
        throw outOfRange(path, "enum " + type + " has no value " + number);
      }
      return name;
    };
  }

  private static Rejection outOfRange(String path, String detail) {
    return new Rejection("out_of_range", path + ": " + detail);
  }
}
