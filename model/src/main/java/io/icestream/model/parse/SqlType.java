/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of columns that tables of Iceberg can have, as Spark SQL writes them. */
final class SqlType {
  /** The types, for messages. */
  static final String ALLOWED =
      "boolean, int, bigint, float, double, decimal(p,s), string, binary, date, timestamp,"
          + " timestamp_ntz, array<t>, map<k,v>, struct<name:t,...>";

  private static final Set<String> SIMPLE =
      Set.of(
          "boolean",
          "tinyint",
          "byte",
          "smallint",
          "short",
          "int",
          "integer",
          "bigint",
          "long",
          "float",
          "real",
          "double",
          "decimal",
          "dec",
          "numeric",
          "string",
          "binary",
          "date",
          "timestamp",
          "timestamp_ltz",
          "timestamp_ntz");
  private static final Pattern WORD = Pattern.compile("\\s*(\\w+)\\s*");
  private static final Pattern DECIMAL =
      Pattern.compile("\\(\\s*(\\d{1,2})\\s*(?:,\\s*(\\d{1,2})\\s*)?\\)\\s*");
  private static final int MOST_DIGITS = 38;

  private final String text;
  private int position;

  private SqlType(String text) {
    this.text = text.toLowerCase(Locale.ROOT);
  }

  /** Whether a text is a type. */
  static boolean isOne(String text) {
    SqlType type = new SqlType(text);
    return type.takeType(0) && type.position == type.text.length();
  }

  private boolean takeType(int depth) {
    Matcher word = WORD.matcher(text).region(position, text.length());
    if (depth > YamlText.MOST_LEVELS || !word.lookingAt()) {
      return false;
    }
    position = word.end();
    return switch (word.group(1)) {
      case "array" -> take('<') && takeType(depth + 1) && take('>');
      case "map" ->
          take('<') && takeType(depth + 1) && take(',') && takeType(depth + 1) && take('>');
      case "struct" -> take('<') && takeFields(depth + 1) && take('>');
      case "decimal", "dec", "numeric" -> takeDigits();
      default -> SIMPLE.contains(word.group(1));
    };
  }

  private boolean takeFields(int depth) {
    do {
      Matcher name = WORD.matcher(text).region(position, text.length());
      if (!name.lookingAt()) {
        return false;
      }
      position = name.end();
      boolean isField = take(':') && takeType(depth);
      if (!isField) {
        return false;
      }
    } while (take(','));
    return true;
  }

  /** Precision and scale, which may be left out. */
  private boolean takeDigits() {
    Matcher digits = DECIMAL.matcher(text).region(position, text.length());
    if (!digits.lookingAt()) {
      return position == text.length() || text.charAt(position) != '(';
    }
    position = digits.end();
    int precision = Integer.parseInt(digits.group(1));
    int scale = digits.group(2) == null ? 0 : Integer.parseInt(digits.group(2));
    return precision >= 1 && precision <= MOST_DIGITS && scale <= precision;
  }

  private boolean take(char c) {
    if (position < text.length() && text.charAt(position) == c) {
      position++;
      while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
        position++;
      }
      return true;
    }
    return false;
  }
}
