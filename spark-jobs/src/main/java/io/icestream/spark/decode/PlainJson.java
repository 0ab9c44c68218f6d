/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Reads documents as most of them are: an object of columns' fields, with values of their types,
 * without escapes. It only ever says yes: whatever is not plain, a mistake or not, is left to
 * {@link JsonObjectReader}, which says what is wrong. Not thread-safe.
 */
final class PlainJson {
  /** What a document may be unfamiliar in only if it is longer, such as limits of the parser. */
  private static final int LONGEST = 1 << 20;

  /** So many digits fit a long. */
  private static final int MOST_DIGITS = 18;

  /** Whole numbers up to here are doubles without loss. */
  private static final long EXACT = 1L << 53;

  /** The powers of ten that are doubles without loss, so that a division rounds once. */
  private static final double[] POWERS = powers();

  private enum Kind {
    TEXT,
    INT,
    LONG,
    DOUBLE,
    BOOLEAN,
    TIMESTAMP,
    DATE,
    OTHER
  }

  /** Null for a name that is not written as it is. */
  private final byte[][] names;

  private final Kind[] kinds;
  private final boolean[] required;

  /** Bits of the columns that a document must have, and of those that it has had. */
  private final long[] requiredBits;

  private final long[] seen;
  private final PlainTime times = new PlainTime();
  private byte[] bytes;
  private int end;
  private int at;

  PlainJson(StructType columns) {
    int count = columns.length();
    names = new byte[count][];
    kinds = new Kind[count];
    required = new boolean[count];
    seen = new long[(count + 63) / 64];
    requiredBits = new long[seen.length];
    for (int i = 0; i < count; i++) {
      StructField field = columns.fields()[i];
      boolean plain =
          field.name().chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\');
      names[i] = plain ? field.name().getBytes(US_ASCII) : null;
      kinds[i] = kind(field.dataType());
      required[i] = !field.nullable();
      requiredBits[i / 64] |= required[i] ? 1L << i : 0;
    }
  }

  private static Kind kind(DataType type) {
    if (type instanceof StringType) {
      return Kind.TEXT;
    } else if (type instanceof IntegerType) {
      return Kind.INT;
    } else if (type instanceof LongType) {
      return Kind.LONG;
    } else if (type instanceof DoubleType) {
      return Kind.DOUBLE;
    } else if (type instanceof BooleanType) {
      return Kind.BOOLEAN;
    } else if (type instanceof TimestampType) {
      return Kind.TIMESTAMP;
    }
    return type instanceof DateType ? Kind.DATE : Kind.OTHER;
  }

  private static double[] powers() {
    double[] powers = new double[23];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  /**
   * Reads a document.
   *
   * @param payload its bytes; texts of the row refer to them
   * @param row has the columns, all null
   * @return whether it is plain; if not, the row's content is undefined
   */
  boolean fill(byte[] payload, InternalRow row) {
    bytes = payload;
    end = payload.length;
    at = 0;
    if (end > LONGEST || !next('{')) {
      return false;
    }
    Arrays.fill(seen, 0);
    if (!next('}')) {
      int expected = 0;
      do {
        int column = name(expected);
        if (column < 0 || isSeen(column) || !next(':') || !value(column, row)) {
          return false;
        }
        seen[column / 64] |= 1L << column;
        expected = column + 1;
      } while (next(','));
      if (!next('}')) {
        return false;
      }
    }
    skipBlanks();
    return at == end && hasAllRequired();
  }

  private boolean isSeen(int column) {
    return (seen[column / 64] & 1L << column) != 0;
  }

  private boolean hasAllRequired() {
    for (int i = 0; i < seen.length; i++) {
      if ((requiredBits[i] & ~seen[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  private void skipBlanks() {
    while (at < end
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
  }

  /** Passes a character, and blanks before it, if it is the next. */
  private boolean next(char wanted) {
    if (at < end && bytes[at] == wanted) {
      at++;
      return true;
    }
    skipBlanks();
    if (at < end && bytes[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  /**
   * Passes a name.
   *
   * @param expected the column whose name it is in a document like the one before
   * @return the column; negative if it is none
   */
  private int name(int expected) {
    if (!next('"')) {
      return -1;
    }
    if (expected < names.length && isName(expected)) {
      return pass(expected);
    }
    for (int i = 0; i < names.length; i++) {
      if (isName(i)) {
        return pass(i);
      }
    }
    return -1;
  }

  private boolean isName(int column) {
    byte[] name = names[column];
    int close = name == null ? end : at + name.length;
    return close < end
        && bytes[close] == '"'
        && Arrays.equals(bytes, at, close, name, 0, name.length);
  }

  private int pass(int column) {
    at += names[column].length + 1;
    return column;
  }

  private boolean value(int column, InternalRow row) {
    if (at < end && bytes[at] <= ' ') {
      skipBlanks();
    }
    if (at == end) {
      return false;
    }
    if (bytes[at] == 'n') {
      return !required[column] && word("null");
    }
    return switch (kinds[column]) {
      case TEXT -> text(column, row);
      case INT, LONG -> whole(column, row);
      case DOUBLE -> fraction(column, row);
      case BOOLEAN -> bool(column, row);
      case TIMESTAMP, DATE -> time(column, row);
      case OTHER -> false;
    };
  }

  private boolean word(String word) {
    if (end - at < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[at + i] != word.charAt(i)) {
        return false;
      }
    }
    at += word.length();
    return true;
  }

  private boolean bool(int column, InternalRow row) {
    boolean isTrue = bytes[at] == 't';
    row.setBoolean(column, isTrue);
    return word(isTrue ? "true" : "false");
  }

  private boolean text(int column, InternalRow row) {
    int from = at + 1;
    if (!string()) {
      return false;
    }
    row.update(column, UTF8String.fromBytes(bytes, from, at - 1 - from));
    return true;
  }

  private boolean time(int column, InternalRow row) {
    int from = at + 1;
    if (!string()) {
      return false;
    }
    if (kinds[column] == Kind.TIMESTAMP) {
      long micros = times.micros(bytes, from, at - 1);
      if (micros != PlainTime.NOT_PLAIN) {
        row.setLong(column, micros);
        return true;
      }
    }
    String text = new String(bytes, from, at - 1 - from, ISO_8859_1);
    try {
      if (kinds[column] == Kind.DATE) {
        row.setInt(column, Instants.isoDay(text));
      } else {
        row.setLong(column, Instants.iso(text));
      }
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Passes a string that stands for itself. */
  private boolean string() {
    if (bytes[at] != '"') {
      return false;
    }
    int close = PlainText.close(bytes, at + 1, end);
    at = close + 1;
    return close != PlainText.NOT_PLAIN;
  }

  private boolean whole(int column, InternalRow row) {
    boolean negative = bytes[at] == '-';
    at += negative ? 1 : 0;
    int from = at;
    long number = digits(0, from);
    if (number < 0 || !isWhole(from) || (negative && number == 0) || isFraction()) {
      return false;
    }
    long value = negative ? -number : number;
    if (kinds[column] == Kind.LONG) {
      row.setLong(column, value);
    } else if (value == (int) value) {
      row.setInt(column, (int) value);
    } else {
      return false;
    }
    return true;
  }

  private boolean fraction(int column, InternalRow row) {
    int start = at;
    boolean negative = bytes[at] == '-';
    at += negative ? 1 : 0;
    int from = at;
    long number = digits(0, from);
    if (number < 0 || !isWhole(from)) {
      return false;
    }
    int places = 0;
    if (at < end && bytes[at] == '.') {
      int point = ++at;
      number = digits(number, from + 1);
      places = at - point;
      if (number < 0 || places == 0) {
        return false;
      }
    }
    if (number == 0 ? negative : isFraction()) {
      return false;
    }
    double value =
        number <= EXACT
            ? number / POWERS[places]
            : Math.abs(Double.parseDouble(new String(bytes, start, at - start, ISO_8859_1)));
    row.setDouble(column, negative ? -value : value);
    return !isFraction();
  }

  /** Whether a number goes on, with a point or an exponent. */
  private boolean isFraction() {
    return at < end && (bytes[at] == '.' || bytes[at] == 'e' || bytes[at] == 'E');
  }

  /** Whether the digits passed are a whole number as JSON writes it. */
  private boolean isWhole(int from) {
    return at > from && (bytes[from] != '0' || at == from + 1);
  }

  /**
   * Passes digits behind a number.
   *
   * @param number before them
   * @param from where the number began, so that its digits can be counted
   * @return the number with them; negative if there are too many digits
   */
  private long digits(long number, int from) {
    long value = number;
    byte[] all = bytes;
    int i = at;
    while (i < end && all[i] >= '0' && all[i] <= '9') {
      if (i - from >= MOST_DIGITS) {
        return -1;
      }
      value = value * 10 + (all[i++] - '0');
    }
    at = i;
    return value;
  }
}
