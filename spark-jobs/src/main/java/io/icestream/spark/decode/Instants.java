/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Times in text, as microseconds since 1970. Hand-written, since each row has at least one. */
final class Instants {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private Instants() {}

  /**
   * Reads ISO 8601, with T or a blank between date and time, up to nine digits of fraction (cut to
   * microseconds), and Z or an offset at the end. A time without an offset is UTC.
   *
   * @throws DateTimeException if the text is anything else
   */
  static long iso(String text) {
    if (text.length() < 19
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || (text.charAt(10) != 'T' && text.charAt(10) != ' ')) {
      throw new DateTimeException(text);
    }
    long day = day(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    long micros = secondOfDay(text, 11) * MICROS_PER_SECOND;
    int at = 19;
    if (at < text.length() && text.charAt(at) == '.') {
      int end = at + 1;
      long unit = MICROS_PER_SECOND / 10;
      while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
        micros += (text.charAt(end) - '0') * unit;
        unit /= 10;
        end++;
      }
      if (end == at + 1 || end > at + 10) {
        throw new DateTimeException(text);
      }
      at = end;
    }
    return day * 86_400L * MICROS_PER_SECOND + micros - offset(text, at) * MICROS_PER_SECOND;
  }

  /** Days since 1970 of a date such as {@code 2026-01-31}. */
  static int isoDay(String text) {
    if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      throw new DateTimeException(text);
    }
    return (int) day(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
  }

  /** Reads the time of Apache's common log format: {@code 17/May/2015:10:05:03 +0000}. */
  static long apache(String text) {
    if (text.length() != 26
        || text.charAt(2) != '/'
        || text.charAt(6) != '/'
        || text.charAt(11) != ':'
        || text.charAt(20) != ' ') {
      throw new DateTimeException(text);
    }
    int month = MONTHS.indexOf(text.substring(3, 6));
    if (month < 0 || month % 3 != 0) {
      throw new DateTimeException(text);
    }
    long day = day(number(text, 7, 11), month / 3 + 1, number(text, 0, 2));
    return (day * 86_400L + secondOfDay(text, 12) - offset(text, 21)) * MICROS_PER_SECOND;
  }

  private static long day(int year, int month, int day) {
    return LocalDate.of(year, month, day).toEpochDay();
  }

  private static long secondOfDay(String text, int at) {
    int hour = number(text, at, at + 2);
    int minute = number(text, at + 3, at + 5);
    int second = number(text, at + 6, at + 8);
    if (hour > 23
        || minute > 59
        || second > 59
        || text.charAt(at + 2) != ':'
        || text.charAt(at + 5) != ':') {
      throw new DateTimeException(text);
    }
    return hour * 3600L + minute * 60L + second;
  }

  /** Seconds east of UTC: nothing, {@code Z}, {@code +02}, {@code +0200} or {@code +02:00}. */
  private static long offset(String text, int at) {
    String zone = text.substring(at);
    if (zone.isEmpty() || zone.equals("Z")) {
      return 0;
    }
    char sign = zone.charAt(0);
    int length = zone.length();
    boolean shaped = length == 3 || length == 5 || (length == 6 && zone.charAt(3) == ':');
    if ((sign != '+' && sign != '-') || !shaped) {
      throw new DateTimeException(text);
    }
    int minutes = length == 3 ? 0 : number(zone, length - 2, length);
    long seconds = number(zone, 1, 3) * 3600L + minutes * 60L;
    if (minutes > 59 || seconds > 18 * 3600L) {
      throw new DateTimeException(text);
    }
    return sign == '-' ? -seconds : seconds;
  }

  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new DateTimeException(text);
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
