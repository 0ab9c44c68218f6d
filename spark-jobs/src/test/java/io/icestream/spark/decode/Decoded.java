/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Runs a decoder and shows its rows as plain Java values. */
final class Decoded {
  private Decoded() {}

  static List<Object> values(RecordDecoder decoder, StructType columns, String payload) {
    return values(decoder, columns, payload.getBytes(UTF_8));
  }

  static List<Object> values(RecordDecoder decoder, StructType columns, byte[] payload) {
    GenericInternalRow row = new GenericInternalRow(columns.length());
    try {
      decoder.decode(payload, row);
    } catch (Rejection e) {
      throw new AssertionError("rejected: " + e.reason() + ": " + e.getMessage(), e);
    }
    return values(row, columns);
  }

  /** Reason and detail of a rejection, joined by a colon. */
  static String rejection(RecordDecoder decoder, StructType columns, byte[] payload) {
    Rejection rejection =
        catchThrowableOfType(
            Rejection.class,
            () -> decoder.decode(payload, new GenericInternalRow(columns.length())));
    assertThat(rejection).as("the payload is rejected").isNotNull();
    return rejection.reason() + ": " + rejection.getMessage();
  }

  static String rejection(RecordDecoder decoder, StructType columns, String payload) {
    return rejection(decoder, columns, payload.getBytes(UTF_8));
  }

  static List<Object> values(InternalRow row, StructType columns) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < columns.length(); i++) {
      DataType type = columns.fields()[i].dataType();
      values.add(row.isNullAt(i) ? null : plain(row.get(i, type), type));
    }
    return values;
  }

  private static Object plain(Object value, DataType type) {
    if (value instanceof UTF8String text) {
      return text.toString();
    } else if (value instanceof Decimal decimal) {
      return decimal.toJavaBigDecimal();
    } else if (value instanceof InternalRow row) {
      return values(row, (StructType) type);
    } else if (value instanceof ArrayData array) {
      return items(array, ((ArrayType) type).elementType());
    } else if (value instanceof MapData map) {
      List<Object> keys = items(map.keyArray(), ((MapType) type).keyType());
      List<Object> items = items(map.valueArray(), ((MapType) type).valueType());
      Map<Object, Object> plain = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        plain.put(keys.get(i), items.get(i));
      }
      return plain;
    } else if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    return value;
  }

  private static List<Object> items(ArrayData array, DataType type) {
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < array.numElements(); i++) {
      items.add(array.isNullAt(i) ? null : plain(array.get(i, type), type));
    }
    return items;
  }
}
