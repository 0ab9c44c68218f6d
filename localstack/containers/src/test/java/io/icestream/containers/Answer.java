/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of a query in an order of their own, with each value as text that does not depend on who
 * has written it: times in UTC, numbers without an exponent, inexact ones with 12 digits.
 *
 * @param types the kinds of the columns, as JDBC numbers them
 * @param rows the cells; null is the empty text
 */
record Answer(List<Integer> types, List<List<String>> rows) {

  /** Doubles that were summed in another order differ in the last digits. */
  private static final MathContext DIGITS = new MathContext(12, RoundingMode.HALF_EVEN);

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  /** What a JDBC driver tells. */
  static Answer of(ResultSet result) throws SQLException {
    int columns = result.getMetaData().getColumnCount();
    List<Integer> types = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      types.add(result.getMetaData().getColumnType(i));
    }
    List<List<String>> rows = new ArrayList<>();
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        row.add(cell(types.get(i - 1), text(result, i, types.get(i - 1))));
      }
      rows.add(List.copyOf(row));
    }
    return new Answer(types, List.copyOf(rows));
  }

  /** Cells that Spark has written, read as what they are in this answer. */
  List<List<String>> read(List<List<String>> cells) {
    return cells.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> cell(types.get(i), row.get(i)))
                    .toList())
        .toList();
  }

  private static String text(ResultSet result, int column, int type) throws SQLException {
    if (type == Types.TIMESTAMP || type == Types.TIMESTAMP_WITH_TIMEZONE) {
      var time = result.getTimestamp(column);
      return time == null
          ? ""
          : TIME.format(LocalDateTime.ofInstant(time.toInstant(), ZoneOffset.UTC));
    }
    if (type == Types.VARBINARY) {
      byte[] bytes = result.getBytes(column);
      return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
    Object value = result.getObject(column);
    return value == null ? "" : value.toString();
  }

  private static String cell(int type, String text) {
    if (text.isEmpty()) {
      return text;
    }
    return switch (type) {
      case Types.REAL, Types.DOUBLE -> plain(new BigDecimal(text).round(DIGITS));
      case Types.DECIMAL -> plain(new BigDecimal(text));
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
          TIME.format(LocalDateTime.parse(text, TIME));
      default -> text;
    };
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
