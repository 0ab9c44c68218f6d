/* SPDX-License-Identifier: MIT */
package io.icestream.spark.schema;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;

/**
 * The type promotions of Iceberg's format v2 ("Schema Evolution" of its specification): int to
 * long, float to double, and a decimal to one with more digits before the point. Nothing else can
 * be changed in a table without writing its files again; so a long never becomes a decimal.
 */
public final class Widening {
  private static final int MOST_DIGITS = DecimalType.MAX_PRECISION();

  private Widening() {}

  /** The smaller type that holds the values of both; empty if no promotion leads to one. */
  public static Optional<DataType> both(DataType one, DataType other) {
    if (one.equals(other) || isPromotion(other, one)) {
      return Optional.of(one);
    }
    return isPromotion(one, other) ? Optional.of(other) : Optional.empty();
  }

  /** Whether a column of the first type can be made one of the second. */
  public static boolean isPromotion(DataType from, DataType to) {
    if (from instanceof DecimalType narrow && to instanceof DecimalType wide) {
      return narrow.scale() == wide.scale() && narrow.precision() < wide.precision();
    }
    return (from instanceof IntegerType && to instanceof LongType)
        || (from instanceof FloatType && to instanceof DoubleType);
  }

  /** The decimal with the same fraction that holds a value; empty if it has too many digits. */
  public static Optional<DataType> toHold(DecimalType type, BigDecimal value) {
    BigDecimal shortest = value.stripTrailingZeros();
    long digits = (long) shortest.precision() - shortest.scale() + type.scale();
    boolean holds = shortest.scale() <= type.scale() && digits <= MOST_DIGITS;
    return holds && digits > type.precision()
        ? Optional.of(new DecimalType((int) digits, type.scale()))
        : Optional.empty();
  }
}
