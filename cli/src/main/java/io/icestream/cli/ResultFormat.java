/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** How the rows of a query are printed. */
enum ResultFormat {
  /** A table with borders, for people; a null is an empty cell. */
  TABLE {
    @Override
    void print(Dataset<Row> rows, PrintWriter out) {
      List<String> names = Arrays.asList(rows.columns());
      List<List<String>> cells = cells(rows);
      List<Integer> widths =
          IntStream.range(0, names.size())
              .mapToObj(i -> width(i, names, cells))
              .collect(Collectors.toList());
      String rule = widths.stream().map("-"::repeat).collect(Collectors.joining("-+-", "+-", "-+"));
      out.println(rule);
      out.println(line(names, widths));
      out.println(rule);
      cells.forEach(row -> out.println(line(row, widths)));
      out.println(rule);
      out.println(cells.size() + (cells.size() == 1 ? " row" : " rows"));
    }

    private int width(int column, List<String> names, List<List<String>> cells) {
      int widest = names.get(column).length();
      for (List<String> row : cells) {
        widest = Math.max(widest, text(row.get(column)).length());
      }
      return widest;
    }

    private String line(List<String> row, List<Integer> widths) {
      return IntStream.range(0, row.size())
          .mapToObj(i -> text(row.get(i)) + " ".repeat(widths.get(i) - text(row.get(i)).length()))
          .collect(Collectors.joining(" | ", "| ", " |"));
    }
  },

  /** An array of objects; a null is an absent field. */
  JSON {
    @Override
    void print(Dataset<Row> rows, PrintWriter out) {
      out.println(
          rows.toJSON().collectAsList().stream()
              .map(json -> "  " + json)
              .collect(Collectors.joining(",\n", "[\n", "\n]")));
    }
  },

  /** RFC 4180 with a header; a null is an empty field. */
  CSV {
    @Override
    void print(Dataset<Row> rows, PrintWriter out) {
      out.println(line(Arrays.asList(rows.columns())));
      cells(rows).forEach(row -> out.println(line(row)));
    }

    private String line(List<String> row) {
      return row.stream().map(this::field).collect(Collectors.joining(","));
    }

    private String field(String value) {
      String text = text(value);
      boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
  };

  abstract void print(Dataset<Row> rows, PrintWriter out);

  /** All cells as Spark writes values as text; null where a value is null. */
  private static List<List<String>> cells(Dataset<Row> rows) {
    String[] names = rows.columns();
    List<Column> texts = new ArrayList<>();
    Dataset<Row> numbered = rows.toDF(numbers(names.length));
    for (String number : numbered.columns()) {
      texts.add(functions.col(number).cast("string"));
    }
    List<List<String>> cells = new ArrayList<>();
    for (Row row : numbered.select(texts.toArray(Column[]::new)).collectAsList()) {
      List<String> line = new ArrayList<>(Collections.nCopies(names.length, null));
      for (int i = 0; i < names.length; i++) {
        line.set(i, row.getString(i));
      }
      cells.add(line);
    }
    return cells;
  }

  /** Columns of a result may have the same name twice; numbers do not. */
  private static String[] numbers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "c" + i).toArray(String[]::new);
  }

  private static String text(String cell) {
    return cell == null ? "" : cell;
  }
}
