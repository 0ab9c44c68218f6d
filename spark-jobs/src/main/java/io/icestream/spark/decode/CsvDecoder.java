/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One line of RFC 4180 per record, its fields in the order of the columns. An empty field without
 * quotes is null; in a text column that may not be null it is the empty text.
 */
final class CsvDecoder implements RecordDecoder {
  private final StructType columns;
  private final char delimiter;

  CsvDecoder(StructType columns, char delimiter) {
    this.columns = columns;
    this.delimiter = delimiter;
  }

  @Override
  public void decode(byte[] payload, InternalRow row) throws Rejection {
    String line = line(payload);
    if (line.isEmpty()) {
      throw new Rejection("empty_payload", "The payload has no content");
    }
    List<String> texts = split(line);
    StructField[] fields = columns.fields();
    if (texts.size() != fields.length) {
      throw new Rejection(
          "malformed_csv", "Expected " + fields.length + " fields, found " + texts.size());
    }
    for (int i = 0; i < fields.length; i++) {
      StructField field = fields[i];
      String text = texts.get(i);
      if (text == null && !field.nullable() && field.dataType() instanceof StringType) {
        text = "";
      }
      if (text != null) {
        row.update(i, TextValues.read(text, field.dataType(), field.name()));
      } else if (!field.nullable()) {
        throw new Rejection("missing_field", field.name() + ": is required and empty");
      }
    }
  }

  /** The record without the line break at its end, which RFC 4180 leaves to the writer. */
  private static String line(byte[] payload) throws Rejection {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
      int end = text.endsWith("\n") ? text.length() - 1 : text.length();
      return text.substring(0, end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end);
    } catch (CharacterCodingException e) {
      throw new Rejection("malformed_csv", "The payload is not UTF-8");
    }
  }

  /** The fields of a line; null for an empty field without quotes. */
  private List<String> split(String line) throws Rejection {
    List<String> fields = new ArrayList<>(columns.length());
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
