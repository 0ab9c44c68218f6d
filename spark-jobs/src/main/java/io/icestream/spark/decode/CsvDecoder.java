/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One line of RFC 4180 per record. Its fields are in the order of the header, or of the columns
 * where there is none; a field that no column is named after is read over. An empty field without
 * quotes is null; in a text column that may not be null it is the empty text.
 */
final class CsvDecoder implements RecordDecoder {
  private final StructType columns;
  private final char delimiter;
  private final int[] ordinals;

  /**
   * @param header names of the fields in the order of the line; empty: those of the columns
   */
  CsvDecoder(StructType columns, char delimiter, List<String> header) {
    List<String> names = Arrays.asList(columns.fieldNames());
    this.columns = columns;
    this.delimiter = delimiter;
    this.ordinals = (header.isEmpty() ? names : header).stream().mapToInt(names::indexOf).toArray();
  }

  /**
   * The columns of lines with a header.
   *
   * @param schema the columns of the schema
   * @param header names of the fields in the order of the line; empty: those of the schema
   * @throws IllegalArgumentException if the header cannot fill the schema; the message says why
   */
  static StructType columns(StructType schema, List<String> header) {
    if (header.isEmpty()) {
      return NamedColumns.ofTexts(schema);
    }
    Set<String> named = new HashSet<>();
    for (String name : header) {
      if (!named.add(name)) {
        throw new IllegalArgumentException(
            "cannot take two fields '" + name + "' of the header: give each its own name");
      }
    }
    return NamedColumns.filledBy(named, NamedColumns.ofTexts(schema), "field of the header");
  }

  @Override
  public void decode(byte[] payload, InternalRow row) throws Rejection {
    String line = Utf8.line(payload, "malformed_csv");
    if (line.isEmpty()) {
      throw new Rejection("empty_payload", "The payload has no content");
    }
    List<String> texts = split(line);
    if (texts.size() != ordinals.length) {
      throw new Rejection(
          "malformed_csv", "Expected " + ordinals.length + " fields, found " + texts.size());
    }
    for (int i = 0; i < ordinals.length; i++) {
      if (ordinals[i] >= 0) {
        fill(row, ordinals[i], texts.get(i));
      }
    }
  }

  private void fill(InternalRow row, int ordinal, String written) throws Rejection {
    StructField field = columns.fields()[ordinal];
    boolean emptyText =
        written == null && !field.nullable() && field.dataType() instanceof StringType;
    String text = emptyText ? "" : written;
    if (text != null) {
      row.update(ordinal, TextValues.read(text, field.dataType(), field.name()));
    } else if (!field.nullable()) {
      throw new Rejection("missing_field", field.name() + ": is required and empty");
    }
  }

  /** The fields of a line; null for an empty field without quotes. */
  private List<String> split(String line) throws Rejection {
    List<String> fields = new ArrayList<>(ordinals.length);
    int at = 0;
    while (at <= line.length()) {
      if (at < line.length() && line.charAt(at) == '"') {
        StringBuilder text = new StringBuilder();
        at = quoted(line, at + 1, text);
        fields.add(text.toString());
      } else {
        int end = line.indexOf(delimiter, at);
        end = end < 0 ? line.length() : end;
        fields.add(end == at ? null : oneLine(line.substring(at, end)));
        at = end;
      }
      if (at < line.length() && line.charAt(at) != delimiter) {
        throw new Rejection("malformed_csv", "There is text after a closing quote");
      }
      at++;
    }
    return fields;
  }

  private static String oneLine(String field) throws Rejection {
    if (field.indexOf('\n') >= 0 || field.indexOf('\r') >= 0) {
      throw new Rejection("malformed_csv", "There is more than one line");
    }
    return field;
  }

  /** Reads up to the closing quote; gives the place after it. */
  private static int quoted(String line, int from, StringBuilder text) throws Rejection {
    int at = from;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c != '"') {
        text.append(c);
        at++;
      } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
        text.append('"');
        at += 2;
      } else {
        return at + 1;
      }
    }
    throw new Rejection("malformed_csv", "A quote is not closed");
  }
}
