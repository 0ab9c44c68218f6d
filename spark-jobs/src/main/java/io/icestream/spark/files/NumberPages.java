/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.Optional;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.shaded.org.apache.parquet.column.statistics.Statistics;
import org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.sql.catalyst.InternalRow;

/** A column of numbers or times. */
final class NumberPages extends DictionaryPages {
  private static final long NAN = Double.doubleToRawLongBits(Double.NaN);

  private final Kind kind;
  private final NumberDictionary dictionary;

  /** Of the page; of floating ones as numbers in the same order, without those that are none. */
  private long least;

  private long greatest;
  private long nans;

  /** Of all pages. */
  private long leastOfAll = Long.MAX_VALUE;

  private long greatestOfAll = Long.MIN_VALUE;
  private long nansOfAll;

  /** How numbers are kept. */
  enum Kind {
    INT,
    LONG,
    FLOAT,
    DOUBLE;

    boolean isFloating() {
      return this == FLOAT || this == DOUBLE;
    }

    int width() {
      return this == INT || this == FLOAT ? Integer.BYTES : Long.BYTES;
    }
  }

  NumberPages(
      PrimitiveType column,
      int ordinal,
      PageLimits limits,
      RepeatingColumns.Column repeating,
      Kind kind) {
    super(column, ordinal, limits, repeating);
    this.kind = kind;
    this.dictionary = new NumberDictionary(kind.width());
  }

  @Override
  void addValue(InternalRow row) {
    long bits =
        switch (kind) {
          case INT -> row.getInt(ordinal);
          case LONG -> row.getLong(ordinal);
          case FLOAT -> Float.floatToRawIntBits(row.getFloat(ordinal));
          case DOUBLE -> Double.doubleToRawLongBits(row.getDouble(ordinal));
        };
    bound(bits);
    if (isById()) {
      addId(dictionary.id(bits));
    } else {
      add(bits);
    }
  }

  private void bound(long bits) {
    long place = kind.isFloating() ? ordered(bits) : bits;
    if (kind.isFloating() && isNan(bits)) {
      nans++;
      return;
    }
    if (place < least) {
      least = place;
    }
    if (place > greatest) {
      greatest = place;
    }
  }

  private boolean isNan(long bits) {
    return kind == Kind.DOUBLE
        ? Double.isNaN(Double.longBitsToDouble(bits))
        : Float.isNaN(Float.intBitsToFloat((int) bits));
  }

  /**
   * Floating numbers as whole ones in the same order, -0 before 0. The bits of a float are those of
   * an int, whose sign has been extended. It is its own inverse.
   */
  private long ordered(long bits) {
    long magnitude = kind == Kind.DOUBLE ? Long.MAX_VALUE : Integer.MAX_VALUE;
    return bits ^ ((bits >> (Long.SIZE - 1)) & magnitude);
  }

  private void add(long bits) {
    if (kind.width() == Integer.BYTES) {
      plain.addInt((int) bits);
    } else {
      plain.addLong(bits);
    }
  }

  @Override
  void describe(Statistics<?> statistics) {
    if (least <= greatest) {
      update(statistics, kind.isFloating() ? ordered(least) : least);
      update(statistics, kind.isFloating() ? ordered(greatest) : greatest);
    }
    if (nans > 0) {
      update(statistics, kind == Kind.DOUBLE ? NAN : Float.floatToRawIntBits(Float.NaN));
    }
    leastOfAll = Math.min(leastOfAll, least);
    greatestOfAll = Math.max(greatestOfAll, greatest);
    nansOfAll += nans;
  }

  /** The footer does not count the values that are no number, nor leave them out of the bounds. */
  @Override
  Optional<FieldMetrics<?>> metrics(long rows, long nulls) {
    if (!kind.isFloating()) {
      return Optional.empty();
    }
    boolean any = leastOfAll <= greatestOfAll;
    return Optional.of(
        new FieldMetrics<Object>(
            column.getId().intValue(),
            rows,
            nulls,
            nansOfAll,
            any ? floating(leastOfAll) : null,
            any ? floating(greatestOfAll) : null));
  }

  private Object floating(long place) {
    long bits = ordered(place);
    if (kind == Kind.DOUBLE) {
      return Double.longBitsToDouble(bits);
    }
    return Float.intBitsToFloat((int) bits);
  }

  private void update(Statistics<?> statistics, long bits) {
    switch (kind) {
      case INT -> statistics.updateStats((int) bits);
      case LONG -> statistics.updateStats(bits);
      case FLOAT -> statistics.updateStats(Float.intBitsToFloat((int) bits));
      case DOUBLE -> statistics.updateStats(Double.longBitsToDouble(bits));
    }
  }

  @Override
  void beginPage() {
    super.beginPage();
    least = Long.MAX_VALUE;
    greatest = Long.MIN_VALUE;
    nans = 0;
  }

  @Override
  void clearDictionary() {
    dictionary.clear();
  }

  @Override
  int entries() {
    return dictionary.size();
  }

  @Override
  ValueBytes dictionary() {
    return dictionary.values();
  }

  @Override
  int size(int id) {
    return kind.width();
  }

  @Override
  void addPlain(int id) {
    add(dictionary.number(id));
  }
}
