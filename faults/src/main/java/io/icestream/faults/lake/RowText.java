/* SPDX-License-Identifier: MIT */
package io.icestream.faults.lake;

import io.icestream.faults.oracle.Digest;
import io.icestream.faults.oracle.Oracle;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;

/** Rows as texts by column; of bytes their SHA-256. */
final class RowText {
  private RowText() {}

  static Map<String, String> of(Record record) {
    Map<String, String> row = new TreeMap<>();
    for (Types.NestedField field : record.struct().fields()) {
      row.put(field.name(), text(record.getField(field.name())));
    }
    return row;
  }

  private static String text(Object value) {
    if (value == null) {
      return Oracle.NULL;
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return Digest.of(bytes);
    }
    return value.toString();
  }
}
