/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.Base64;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/** Values written as text, in Spark's internal form. */
final class TextValues {
  private TextValues() {}

  /**
   * Reads a value.
   *
   * @param text the text; never null
   * @param type the column's type
   * @param field the column's name, for messages
   * @throws Rejection if the text is no value of the type
   */
  static Object read(String text, DataType type, String field) throws Rejection {
    try {
      if (type instanceof StringType) {
        return UTF8String.fromString(text);
      } else if (type instanceof IntegerType) {
        return Numerals.readInt(text, type, field);
      } else if (type instanceof LongType) {
        return Numerals.readLong(text, type, field);
      } else if (type instanceof DoubleType) {
        return Numerals.readDouble(text, type, field);
      } else if (type instanceof FloatType) {
        return Numerals.readFloat(text, type, field);
      } else if (type instanceof BooleanType) {
        return bool(text, field);
      } else if (type instanceof TimestampType) {
        return Instants.iso(text);
      } else if (type instanceof DateType) {
        return Instants.isoDay(text);
      } else if (type instanceof DecimalType decimal) {
        return decimal(Numerals.readDecimal(text, type, field), decimal, field);
      } else if (type instanceof BinaryType) {
        return Base64.getDecoder().decode(text);
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      throw wrongType(field, type, "'" + text + "'");
    }
    throw wrongType(field, type, "a text");
  }

  /** A number as a decimal column holds it; never rounded. */
  static Decimal decimal(BigDecimal value, DecimalType type, String field) throws Rejection {
    // Compared before it is scaled: 1e999999999 would have a billion digits
    BigDecimal shortest = value.stripTrailingZeros();
    if (shortest.scale() > type.scale()) {
      throw new Rejection(
          "out_of_range", field + ": more than " + type.scale() + " digits of fraction");
    }
    if ((long) shortest.precision() - shortest.scale() > type.precision() - type.scale()) {
      throw new Rejection("out_of_range", field + ": does not fit " + type.simpleString());
    }
    return Decimal.apply(shortest.setScale(type.scale()), type.precision(), type.scale());
  }

  static Rejection wrongType(String field, DataType expected, String found) {
    return new Rejection(
        "wrong_type", field + ": expected " + expected.simpleString() + ", found " + found);
  }

  private static boolean bool(String text, String field) throws Rejection {
    return switch (text) {
      case "true", "TRUE", "True" -> true;
      case "false", "FALSE", "False" -> false;
      default ->
          throw new Rejection("wrong_type", field + ": expected boolean, found '" + text + "'");
    };
  }
}
