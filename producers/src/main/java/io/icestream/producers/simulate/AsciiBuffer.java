/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * A reusable buffer that text and numbers are written to without intermediate strings. ASCII only.
 * Not thread-safe.
 */
final class AsciiBuffer {

  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  private byte[] bytes = new byte[1024];
  private int length;

  AsciiBuffer clear() {
    length = 0;
    return this;
  }

  /** A copy of what was written since the last {@link #clear()}. */
  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  AsciiBuffer text(String text) {
    int size = text.length();
    reserve(size);
    for (int i = 0; i < size; i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  AsciiBuffer number(long number) {
    reserve(20);
    if (number < 0) {
      bytes[length++] = '-';
    }
    digits(Math.abs(number), 1);
    return this;
  }

  /**
   * A decimal fraction with all its digits, such as 21.0430 for 210430 with 4 decimals.
   *
   * @param scaled the value times 10 to the power of {@code decimals}
   * @param decimals 1 to 9
   */
  AsciiBuffer fixed(long scaled, int decimals) {
    reserve(32);
    if (scaled < 0) {
      bytes[length++] = '-';
    }
    long unit = 1;
    for (int i = 0; i < decimals; i++) {
      unit *= 10;
    }
    long magnitude = Math.abs(scaled);
    digits(magnitude / unit, 1);
    bytes[length++] = '.';
    digits(magnitude % unit, decimals);
    return this;
  }

  /** The lowest {@code digits} hexadecimal digits of a number. */
  AsciiBuffer hex(long number, int digits) {
    reserve(digits);
    for (int i = digits - 1; i >= 0; i--) {
      bytes[length++] = (byte) HEX[(int) (number >>> (4 * i)) & 15];
    }
    return this;
  }

  /** ISO-8601 in UTC with milliseconds: {@code 2026-01-31T10:05:03.250Z}. */
  AsciiBuffer isoTime(long epochMillis) {
    reserve(24);
    LocalDate date = date(epochMillis);
    digits(date.getYear(), 4);
    bytes[length++] = '-';
    digits(date.getMonthValue(), 2);
    bytes[length++] = '-';
    digits(date.getDayOfMonth(), 2);
    bytes[length++] = 'T';
    timeOfDay(epochMillis);
    bytes[length++] = '.';
    digits(Math.floorMod(epochMillis, 1000L), 3);
    bytes[length++] = 'Z';
    return this;
  }

  /** The time of the Apache log formats, in UTC: {@code 31/Jan/2026:10:05:03 +0000}. */
  AsciiBuffer apacheTime(long epochMillis) {
    reserve(26);
    LocalDate date = date(epochMillis);
    digits(date.getDayOfMonth(), 2);
    bytes[length++] = '/';
    text(MONTHS[date.getMonthValue() - 1]);
    bytes[length++] = '/';
    digits(date.getYear(), 4);
    bytes[length++] = ':';
    timeOfDay(epochMillis);
    return text(" +0000");
  }

  private static LocalDate date(long epochMillis) {
    return LocalDate.ofEpochDay(Math.floorDiv(epochMillis, MILLIS_PER_DAY));
  }

  private void timeOfDay(long epochMillis) {
    int second = (int) (Math.floorMod(epochMillis, MILLIS_PER_DAY) / 1000);
    digits(second / 3600, 2);
    bytes[length++] = ':';
    digits(second / 60 % 60, 2);
    bytes[length++] = ':';
    digits(second % 60, 2);
  }

  private void digits(long number, int width) {
    int count = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      count++;
    }
    int end = length + Math.max(count, width);
    long rest = number;
    for (int at = end - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length = end;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
