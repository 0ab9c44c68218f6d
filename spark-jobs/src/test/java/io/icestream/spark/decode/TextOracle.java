/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.TimestampType;

/** What the JDK's own parsers say of a value, given only what looks like one. */
final class TextOracle {
  private static final String TIME =
      "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d(:?\\d\\d)?)?";
  private static final String NUMBER = "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?";

  private TextOracle() {}

  /** The value of a text, as {@link Decoded} shows it; empty if it is none of the type. */
  static Optional<Object> value(String text, DataType type) {
    try {
      if (type instanceof BooleanType) {
        return text.matches("true|TRUE|True|false|FALSE|False")
            ? Optional.of(Boolean.valueOf(text))
            : Optional.empty();
      } else if (type instanceof TimestampType) {
        return text.matches(TIME) ? Optional.of(micros(text)) : Optional.empty();
      } else if (type instanceof DateType) {
        return text.matches("\\d{4}-\\d\\d-\\d\\d")
            ? Optional.of((int) LocalDate.parse(text).toEpochDay())
            : Optional.empty();
      } else if (type instanceof BinaryType) {
        return Optional.of(Arrays.toString(Base64.getDecoder().decode(text)));
      } else if (type instanceof IntegerType || type instanceof LongType) {
        return text.matches("[+-]?\\d{1,500}")
            ? number(new BigDecimal(text), type)
            : Optional.empty();
      } else if (type instanceof DoubleType
          || type instanceof FloatType
          || type instanceof DecimalType) {
        if (text.length() > 1_000 || !text.matches(NUMBER)) {
          return Optional.empty();
        }
        // No exponent is too large for zero, but some are for Java's decimals
        boolean zero = !(type instanceof DecimalType) && text.matches("[+-]?[0.]+([eE].*)?");
        return number(zero ? BigDecimal.ZERO : new BigDecimal(text), type);
      }
      return Optional.of(text);
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** A number in a numeric type; empty if it does not fit without a change. */
  static Optional<Object> number(BigDecimal value, DataType type) {
    try {
      if (type instanceof IntegerType) {
        return Optional.of(value.intValueExact());
      } else if (type instanceof LongType) {
        return Optional.of(value.longValueExact());
      } else if (type instanceof DecimalType decimal) {
        if (value.signum() != 0 && Math.abs((long) value.scale()) > 10_000) {
          return Optional.empty();
        }
        BigDecimal scaled =
            value.signum() == 0
                ? BigDecimal.ZERO.setScale(decimal.scale())
                : value.setScale(decimal.scale(), RoundingMode.UNNECESSARY);
        return scaled.precision() <= decimal.precision() ? Optional.of(scaled) : Optional.empty();
      }
      double real =
          type instanceof FloatType
              ? Float.parseFloat(value.toString())
              : Double.parseDouble(value.toString());
      if (!Double.isFinite(real) || (real == 0 && value.signum() != 0)) {
        return Optional.empty();
      }
      return Optional.of(type instanceof FloatType ? (Object) (float) real : (Object) real);
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static long micros(String text) {
    int zoneAt = 19;
    while (zoneAt < text.length() && ".0123456789".indexOf(text.charAt(zoneAt)) >= 0) {
      zoneAt++;
    }
    String zone = text.substring(zoneAt);
    Instant instant =
        LocalDateTime.parse(text.substring(0, zoneAt).replace(' ', 'T'))
            .toInstant(zone.isEmpty() ? ZoneOffset.UTC : ZoneOffset.of(zone));
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
