/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;

/**
 * What happens to the bytes of one field. Between the first and the last of them its value is in
 * the making: Protobuf allows a field to come in parts.
 */
sealed interface ProtobufField {

  /**
   * Reads one occurrence.
   *
   * @param wireType how the value is written, as its tag says
   * @param value what earlier occurrences left; null before the first
   * @return the value in the making
   */
  Object read(int wireType, CodedInputStream in, Object value) throws IOException, Rejection;

  /** The value in Spark's form; null if it is absent, and may be. */
  Object finish(Object value) throws Rejection;

  /** Refuses a value that is written in a form that the field's type has not. */
  private static void require(int expected, int found, String path) throws Rejection {
    if (expected != found) {
      throw new Rejection(
          "wrong_type",
          path + ": expected " + form(expected) + " on the wire, found " + form(found));
    }
  }

  private static String form(int wireType) {
    return switch (wireType) {
      case WireFormat.WIRETYPE_VARINT -> "a varint";
      case WireFormat.WIRETYPE_FIXED64 -> "8 bytes";
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> "a length";
      case WireFormat.WIRETYPE_FIXED32 -> "4 bytes";
      default -> "a group";
    };
  }

  /**
   * One scalar; the last occurrence counts.
   *
   * @param fallback the value of an absent field; null if it may be absent
   * @param required whether an absent field breaks the schema
   */
  record Single(ProtobufScalar scalar, int wireType, Object fallback, boolean required, String path)
      implements ProtobufField {
    @Override
    public Object read(int found, CodedInputStream in, Object value) throws IOException, Rejection {
      require(wireType, found, path);
      return scalar.read(in);
    }

    @Override
    public Object finish(Object value) throws Rejection {
      if (value == null && required) {
        throw new Rejection("missing_field", path + ": is required and absent");
      }
      return value == null ? fallback : value;
    }
  }

  /** What a message field has that is not on the wire. */
  enum Absence {
    /** Null. */
    NULL,
    /** A message of which nothing is on the wire: so it is in the entries of a map. */
    EMPTY,
    /** Nothing; its record breaks the schema. */
    REJECTED
  }

  /** One message; occurrences are merged. */
  record Nested(ProtobufMessage message, Absence absence, String path) implements ProtobufField {
    @Override
    public Object read(int found, CodedInputStream in, Object value) throws IOException, Rejection {
      require(WireFormat.WIRETYPE_LENGTH_DELIMITED, found, path);
      Object[] values = value == null ? message.start() : (Object[]) value;
      message.mergeDelimited(in, values);
      return values;
    }

    @Override
    public Object finish(Object value) throws Rejection {
      if (value != null) {
        return message.finish((Object[]) value);
      }
      return switch (absence) {
        case NULL -> null;
        case EMPTY -> message.finish(message.start());
        case REJECTED -> throw new Rejection("missing_field", path + ": is required and absent");
      };
    }
  }

  /** Scalars, one by one or packed. */
  record Repeated(ProtobufScalar scalar, int wireType, String path) implements ProtobufField {
    @Override
    public Object read(int found, CodedInputStream in, Object value) throws IOException, Rejection {
      List<Object> items = items(value);
      boolean packable = wireType != WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (packable && found == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int outer = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
          items.add(scalar.read(in));
        }
        in.popLimit(outer);
      } else {
        require(wireType, found, path);
        items.add(scalar.read(in));
      }
      return items;
    }

    @Override
    public Object finish(Object value) {
      return new GenericArrayData(items(value).toArray());
    }
  }

  /** Messages. */
  record RepeatedNested(ProtobufMessage message, String path) implements ProtobufField {
    @Override
    public Object read(int found, CodedInputStream in, Object value) throws IOException, Rejection {
      require(WireFormat.WIRETYPE_LENGTH_DELIMITED, found, path);
      Object[] values = message.start();
      message.mergeDelimited(in, values);
      List<Object> items = items(value);
      items.add(message.finish(values));
      return items;
    }

    @Override
    public Object finish(Object value) {
      return new GenericArrayData(items(value).toArray());
    }
  }

  /**
   * A map: messages of a key and a value; the last one with a key counts.
   *
   * @param entry the message, whose first column is the key and whose second is the value
   */
  record Entries(ProtobufMessage entry, String path) implements ProtobufField {
    @Override
    public Object read(int found, CodedInputStream in, Object value) throws IOException, Rejection {
      require(WireFormat.WIRETYPE_LENGTH_DELIMITED, found, path);
      Object[] pair = entry.start();
      entry.mergeDelimited(in, pair);
      entry.finish(pair);
      Map<Object, Object> entries = entries(value);
      entries.put(pair[0], pair[1]);
      return entries;
    }

    @Override
    public Object finish(Object value) {
      Map<Object, Object> entries = entries(value);
      return new ArrayBasedMapData(
          new GenericArrayData(entries.keySet().toArray()),
          new GenericArrayData(entries.values().toArray()));
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> entries(Object value) {
      return value == null ? new LinkedHashMap<>() : (Map<Object, Object>) value;
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Object> items(Object value) {
    return value == null ? new ArrayList<>() : (List<Object>) value;
  }
}
