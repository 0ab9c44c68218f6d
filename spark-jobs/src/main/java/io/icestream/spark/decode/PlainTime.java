/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads times from the bytes of a document as most of them are: {@code 2026-01-31T10:00:00.123Z}.
 * It only ever says yes: all else is left to {@link Instants#iso}. Not thread-safe.
 */
final class PlainTime {
  /** The answer to what is not plain; no time that four digits of a year can say. */
  static final long NOT_PLAIN = Long.MIN_VALUE;

  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long SECONDS_PER_DAY = 86_400L;

  /** Behind the seconds. */
  private static final int FRACTION = 19;

  private static final int MOST_DIGITS = 9;

  private int lastDate = -1;
  private long lastDay;

  /**
   * Reads a time.
   *
   * @param bytes have it
   * @param from where it begins
   * @param to behind it
   * @return microseconds since 1970, or {@link #NOT_PLAIN}
   */
  long micros(byte[] bytes, int from, int to) {
    if (to - from <= FRACTION
        || bytes[to - 1] != 'Z'
        || bytes[from + 4] != '-'
        || bytes[from + 7] != '-'
        || bytes[from + 10] != 'T'
        || bytes[from + 13] != ':'
        || bytes[from + 16] != ':') {
      return NOT_PLAIN;
    }
    int hour = two(bytes, from + 11);
    int minute = two(bytes, from + 14);
    int second = two(bytes, from + 17);
    long micros = fraction(bytes, from + FRACTION, to - 1);
    long day = day(bytes, from);
    // A negative one of these was no number
    if ((hour | minute | second) < 0
        || micros < 0
        || day == NOT_PLAIN
        || hour > 23
        || minute > 59
        || second > 59) {
      return NOT_PLAIN;
    }
    long seconds = day * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second;
    return seconds * MICROS_PER_SECOND + micros;
  }

  /** Two digits; negative if they are none. */
  private static int two(byte[] bytes, int at) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  /** Nothing, or a point and digits, cut to microseconds; negative if it is neither. */
  private static long fraction(byte[] bytes, int from, int to) {
    if (from == to) {
      return 0;
    }
    int digits = to - from - 1;
    if (bytes[from] != '.' || digits == 0 || digits > MOST_DIGITS) {
      return -1;
    }
    long micros = 0;
    long unit = MICROS_PER_SECOND / 10;
    for (int i = from + 1; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      micros += digit * unit;
      unit /= 10;
    }
    return micros;
  }

  /** Days since 1970. Most times of a topic are of the same day. */
  private long day(byte[] bytes, int from) {
    int century = two(bytes, from);
    int year = two(bytes, from + 2);
    int month = two(bytes, from + 5);
    int day = two(bytes, from + 8);
    if ((century | year | month | day) < 0) {
      return NOT_PLAIN;
    }
    int date = ((century * 100 + year) * 100 + month) * 100 + day;
    if (date != lastDate) {
      try {
        lastDay = LocalDate.of(century * 100 + year, month, day).toEpochDay();
      } catch (DateTimeException e) {
        return NOT_PLAIN;
      }
      lastDate = date;
    }
    return lastDay;
  }
}
