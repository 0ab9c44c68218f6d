/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.math.BigDecimal;
import org.apache.spark.sql.types.DataType;

/**
 * Numbers written as text, in ASCII digits. Java's own parsers take more: digits of other scripts,
 * blanks around a number, hexadecimals, {@code 1.5d}; and they make zero of what is too small.
 */
final class Numerals {
  /** Longer ones take a time that grows with the square of their length. */
  private static final int LONGEST = 1_000;

  private Numerals() {}

  static int readInt(String text, DataType type, String field) throws Rejection {
    long value = readLong(text, type, field);
    if (value != (int) value) {
      throw doesNotFit(text, type, field);
    }
    return (int) value;
  }

  static long readLong(String text, DataType type, String field) throws Rejection {
    int digits = digits(text, sign(text, 0));
    if (digits != text.length() || digits == sign(text, 0)) {
      throw TextValues.wrongType(field, type, "'" + text + "'");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw doesNotFit(text, type, field);
    }
  }

  static double readDouble(String text, DataType type, String field) throws Rejection {
    requireNumber(text, type, field);
    return inRange(Double.parseDouble(text), text, type, field);
  }

  static float readFloat(String text, DataType type, String field) throws Rejection {
    requireNumber(text, type, field);
    return (float) inRange(Float.parseFloat(text), text, type, field);
  }

  static BigDecimal readDecimal(String text, DataType type, String field) throws Rejection {
    requireNumber(text, type, field);
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw doesNotFit(text, type, field); // its exponent is no int
    }
  }

  /** Refuses a value that has become infinite or zero, and is neither. */
  static double inRange(double value, String text, DataType type, String field) throws Rejection {
    if (!Double.isFinite(value) || (value == 0 && !isZero(text))) {
      throw doesNotFit(text, type, field);
    }
    return value;
  }

  static Rejection doesNotFit(String text, DataType type, String field) {
    return new Rejection(
        "out_of_range", field + ": " + text + " does not fit " + type.simpleString());
  }

  private static void requireNumber(String text, DataType type, String field) throws Rejection {
    if (!isNumber(text)) {
      throw switch (text) {
        case "NaN", "Infinity", "+Infinity", "-Infinity" -> doesNotFit(text, type, field);
        default -> TextValues.wrongType(field, type, "'" + text + "'");
      };
    }
    if (text.length() > LONGEST) {
      throw new Rejection(
          "too_large", field + ": a number of more than " + LONGEST + " characters");
    }
  }

  /** Digits with at most one point and an exponent, such as {@code -1.5e-3}, {@code 1.} or .5. */
  private static boolean isNumber(String text) {
    int start = sign(text, 0);
    int whole = digits(text, start);
    boolean point = whole < text.length() && text.charAt(whole) == '.';
    int end = point ? digits(text, whole + 1) : whole;
    if (end - start == (point ? 1 : 0)) {
      return false;
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int exponent = sign(text, end + 1);
      end = digits(text, exponent);
      return end > exponent && end == text.length();
    }
    return end == text.length();
  }

  private static boolean isZero(String number) {
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c == 'e' || c == 'E') {
        return true;
      }
      if (c >= '1' && c <= '9') {
        return false;
      }
    }
    return true;
  }

  private static int sign(String text, int at) {
    return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
