/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.model.FormatDefinition;
import io.icestream.model.Suggestion;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;

/** One line of RFC 4180. A field that is absent or null is empty. */
final class CsvEncoder implements RecordEncoder {
  private final List<String> names;
  private final char delimiter;

  private CsvEncoder(List<String> names, char delimiter) {
    this.names = names;
    this.delimiter = delimiter;
  }

  static CsvEncoder of(FormatDefinition.Csv format, StructType columns) {
    return new CsvEncoder(
        format.header().isEmpty() ? Arrays.asList(columns.fieldNames()) : format.header(),
        format.delimiter());
  }

  @Override
  public byte[] encode(Map<String, Object> fields) {
    for (String name : fields.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "a line of this source has no field '" + name + "'. " + Suggestion.of(name, names));
      }
    }
    return names.stream()
        .map(name -> field(name, fields.get(name)))
        .collect(Collectors.joining(String.valueOf(delimiter)))
        .getBytes(StandardCharsets.UTF_8);
  }

  private String field(String name, Object value) {
    if (value instanceof List || value instanceof Map) {
      throw new IllegalArgumentException("field '" + name + "' of a line cannot hold " + value);
    }
    String text =
        value instanceof BigDecimal number
            ? number.toPlainString()
            : value == null ? "" : value.toString();
    boolean plain = text.chars().noneMatch(c -> c == delimiter || "\"\r\n".indexOf(c) >= 0);
    boolean empty = text.isEmpty() && value != null;
    return plain && !empty ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
