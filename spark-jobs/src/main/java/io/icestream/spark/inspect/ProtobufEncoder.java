/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes messages of the schema file. */
final class ProtobufEncoder implements RecordEncoder {
  private final Descriptor message;

  ProtobufEncoder(Descriptor message) {
    this.message = message;
  }

  @Override
  public byte[] encode(Map<String, Object> fields) {
    try {
      return message(fields, message, "").toByteArray();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a number does not fit: " + e.getMessage(), e);
    }
  }

  private static Message message(Map<?, ?> fields, Descriptor type, String path) {
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
    fields.forEach(
        (name, value) -> {
          String at = path.isEmpty() ? String.valueOf(name) : path + "." + name;
          FieldDescriptor field = type.findFieldByName(String.valueOf(name));
          if (field == null) {
            throw new IllegalArgumentException(at + ": the message has no such field");
          }
          put(builder, field, value, at);
        });
    return builder.buildPartial();
  }

  private static void put(
      DynamicMessage.Builder builder, FieldDescriptor field, Object value, String path) {
    if (value == null) {
      return; // what is not on the wire
    }
    if (field.isMapField() && value instanceof Map<?, ?> entries) {
      Descriptor entry = field.getMessageType();
      entries.forEach(
          (key, item) ->
              builder.addRepeatedField(
                  field, message(Map.of("key", key, "value", item), entry, path + "{}")));
    } else if (field.isRepeated() && value instanceof List<?> items) {
      items.forEach(item -> builder.addRepeatedField(field, single(field, item, path + "[]")));
    } else if (field.isRepeated()) {
      throw wrong(value, field, path);
    } else {
      builder.setField(field, single(field, value, path));
    }
  }

  private static Object single(FieldDescriptor field, Object value, String path) {
    return switch (field.getJavaType()) {
      case INT -> GivenValue.number(value, path).intValueExact();
      case LONG -> GivenValue.number(value, path).longValueExact();
      case FLOAT -> GivenValue.number(value, path).floatValue();
      case DOUBLE -> GivenValue.number(value, path).doubleValue();
      case BOOLEAN -> of(value instanceof Boolean, value, field, path);
      case STRING -> of(value instanceof String, value, field, path);
      case BYTE_STRING -> ByteString.copyFrom(GivenValue.bytes(value, path));
      case ENUM -> symbol(field, value, path);
      case MESSAGE -> inner(field, value, path);
    };
  }

  /** Times and wrapped scalars are given as the values that they become in a column. */
  private static Message inner(FieldDescriptor field, Object value, String path) {
    Descriptor type = field.getMessageType();
    if (value instanceof Map<?, ?> fields) {
      return message(fields, type, path);
    } else if (type.getFullName().equals("google.protobuf.Timestamp")
        && value instanceof String text) {
      Instant time = GivenValue.time(text, path);
      return DynamicMessage.newBuilder(type)
          .setField(type.findFieldByName("seconds"), time.getEpochSecond())
          .setField(type.findFieldByName("nanos"), time.getNano())
          .build();
    }
    FieldDescriptor wrapped = type.findFieldByName("value");
    if (type.getFields().size() == 1 && wrapped != null) {
      return DynamicMessage.newBuilder(type)
          .setField(wrapped, single(wrapped, value, path))
          .build();
    }
    throw wrong(value, field, path);
  }

  private static EnumValueDescriptor symbol(FieldDescriptor field, Object value, String path) {
    EnumValueDescriptor symbol = field.getEnumType().findValueByName(String.valueOf(value));
    if (symbol == null) {
      throw wrong(value, field, path);
    }
    return symbol;
  }

  private static Object of(boolean fits, Object value, FieldDescriptor field, String path) {
    if (fits) {
      return value;
    }
    throw wrong(value, field, path);
  }

  private static IllegalArgumentException wrong(Object value, FieldDescriptor field, String path) {
    JavaType type = field.getJavaType();
    return new IllegalArgumentException(
        path + ": Protobuf cannot write " + value + " as " + type.name().toLowerCase(Locale.ROOT));
  }
}
