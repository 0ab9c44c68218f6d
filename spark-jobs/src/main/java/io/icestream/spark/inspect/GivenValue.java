/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;

/** Values of a test as binary formats have them: times as numbers, bytes as they are. */
final class GivenValue {
  private GivenValue() {}

  /**
   * A whole number.
   *
   * @param value a number, or the ISO text of a day or time
   * @param logical what the number stands for; null for nothing but a number
   */
  static BigDecimal whole(Object value, LogicalType logical, String path) {
    if (value instanceof String text) {
      if (logical instanceof LogicalTypes.Date) {
        return BigDecimal.valueOf(day(text, path).toEpochDay());
      } else if (logical instanceof LogicalTypes.TimestampMillis) {
        return BigDecimal.valueOf(time(text, path).toEpochMilli());
      } else if (logical instanceof LogicalTypes.TimestampMicros) {
        return BigDecimal.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, time(text, path)));
      }
    }
    return number(value, path);
  }

  static BigDecimal number(Object value, String path) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    throw new IllegalArgumentException(path + ": expected a number, found " + value);
  }

  /** Bytes, which a test has in base64. */
  static byte[] bytes(Object value, String path) {
    if (value instanceof String text) {
      return Base64.getDecoder().decode(text);
    }
    throw new IllegalArgumentException(path + ": expected bytes in base64, found " + value);
  }

  /** The ISO text of a time, with its offset. */
  static Instant time(String text, String path) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(path + ": '" + text + "' is no ISO time", e);
    }
  }

  private static LocalDate day(String text, String path) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(path + ": '" + text + "' is no ISO day", e);
    }
  }
}
