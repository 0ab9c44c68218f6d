/* SPDX-License-Identifier: MIT */
package io.icestream.bench.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows, counted and summed up so that neither their order nor who read them matters: equal sums
 * mean equal rows. Values are text, {@link Long} for whole numbers and for times in microseconds,
 * {@link Double}, {@link Boolean}, or null. Not thread-safe.
 */
public final class RowChecksum {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long ABSENT = 0x6E756C6CL;

  private final RowShape shape;
  private final long[] columns;
  private long whole;
  private long rows;

  public RowChecksum(RowShape shape) {
    this.shape = shape;
    this.columns = new long[shape.columns().size()];
  }

  /**
   * Adds a row.
   *
   * @param values one per column, in the order of the shape
   */
  public void add(Object[] values) {
    if (values.length != columns.length) {
      throw new IllegalArgumentException(
          "A row of " + columns.length + " columns has " + values.length + " values");
    }
    long row = 0;
    for (int i = 0; i < columns.length; i++) {
      long hash = mix(hash(values[i]) + (i + 1) * GOLDEN);
      columns[i] += hash;
      row = row * 31 + hash;
    }
    whole += mix(row);
    rows++;
  }

  /** How many rows were added. */
  public long rows() {
    return rows;
  }

  /** The sum over whole rows, as 16 hexadecimal digits. */
  public String text() {
    return String.format("%016x", whole);
  }

  /**
   * What differs between two sets of rows of the same shape: names of columns, or {@code pairing}
   * if all columns have the same values but in other rows; empty if they are equal.
   */
  public List<String> difference(RowChecksum other) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != other.columns[i]) {
        names.add(shape.columns().get(i).name());
      }
    }
    if (names.isEmpty() && (whole != other.whole || rows != other.rows)) {
      names.add("pairing");
    }
    return names;
  }

  /** All sums in one line, for {@link #parse}. */
  public String line() {
    return rows
        + " "
        + whole
        + Arrays.stream(columns).mapToObj(sum -> " " + sum).collect(Collectors.joining());
  }

  /**
   * Reads a {@link #line}.
   *
   * @throws IllegalArgumentException if it is none, or one of another shape
   */
  public static RowChecksum parse(RowShape shape, String line) {
    String[] numbers = line.split(" ");
    RowChecksum read = new RowChecksum(shape);
    if (numbers.length != read.columns.length + 2) {
      throw new IllegalArgumentException("No checksum of these columns: " + line);
    }
    read.rows = Long.parseLong(numbers[0]);
    read.whole = Long.parseLong(numbers[1]);
    for (int i = 0; i < read.columns.length; i++) {
      read.columns[i] = Long.parseLong(numbers[i + 2]);
    }
    return read;
  }

  @Override
  public String toString() {
    return rows + " rows " + text();
  }

  private static long hash(Object value) {
    if (value == null) {
      return ABSENT;
    } else if (value instanceof Long number) {
      return number;
    } else if (value instanceof Double number) {
      return Double.doubleToLongBits(number);
    } else if (value instanceof Boolean flag) {
      return flag ? 1 : 2;
    } else if (value instanceof CharSequence text) {
      long hash = text.length();
      for (int i = 0; i < text.length(); i++) {
        hash = hash * 1_000_003 + text.charAt(i);
      }
      return hash;
    }
    throw new IllegalArgumentException("A value is of " + value.getClass());
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
