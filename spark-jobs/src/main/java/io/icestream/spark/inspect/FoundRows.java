/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Rows as plain values: texts, {@link BigDecimal}s, {@link Double}s, booleans, {@link
 * java.time.Instant}s, {@link java.time.LocalDate}s, nulls, lists and maps. Bytes are the text they
 * hold, in Base64 where they are not UTF-8.
 */
final class FoundRows {
  private FoundRows() {}

  /** The rows of a dataset, in its order. */
  static List<Map<String, Object>> of(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(FoundRows::map).toList();
  }

  private static Map<String, Object> map(Row row) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) {
      map.put(row.schema().fields()[i].name(), plain(row.get(i)));
    }
    return Collections.unmodifiableMap(map);
  }

  private static Object plain(Object value) {
    if (value instanceof Row row) {
      return map(row);
    } else if (value instanceof Seq<?> seq) {
      List<Object> list = new ArrayList<>();
      JavaConverters.seqAsJavaList(seq).forEach(item -> list.add(plain(item)));
      return Collections.unmodifiableList(list);
    } else if (value instanceof scala.collection.Map<?, ?> entries) {
      Map<String, Object> map = new LinkedHashMap<>();
      JavaConverters.mapAsJavaMap(entries)
          .forEach((key, item) -> map.put(String.valueOf(plain(key)), plain(item)));
      return Collections.unmodifiableMap(map);
    }
    return scalar(value);
  }

  private static Object scalar(Object value) {
    if (value instanceof Timestamp time) {
      return time.toInstant();
    } else if (value instanceof Date day) {
      return day.toLocalDate();
    } else if (value instanceof byte[] bytes) {
      return text(bytes);
    } else if (value instanceof Float number) {
      return Double.valueOf(number.toString()); // its shortest digits, not those of the double
    } else if (value instanceof Long || value instanceof Integer) {
      return BigDecimal.valueOf(((Number) value).longValue());
    } else if (value instanceof Short || value instanceof Byte) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    return value;
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return Base64.getEncoder().encodeToString(bytes);
    }
  }
}
