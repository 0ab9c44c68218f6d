/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the ends of texts of JSON that stand for themselves, eight bytes at a time. */
final class PlainText {
  /** The answer to a text that is not plain: it has an escape or no end, or is not UTF-8. */
  static final int NOT_PLAIN = -1;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** One in each of eight bytes, and the highest bit of each. */
  private static final long ONES = 0x0101010101010101L;

  private static final long HIGHEST = 0x8080808080808080L;

  private PlainText() {}

  /**
   * Finds the end of a text.
   *
   * @param bytes have it
   * @param from where it begins
   * @param end behind the document
   * @return where its closing quote is, or {@link #NOT_PLAIN}
   */
  static int close(byte[] bytes, int from, int end) {
    boolean ascii = true;
    int i = from;
    while (i < end) {
      while (i + Long.BYTES <= end && isPlain((long) EIGHT.get(bytes, i))) {
        i += Long.BYTES;
      }
      // What is not plain is among the next eight
      for (int stop = Math.min(i + Long.BYTES, end); i < stop; i++) {
        byte b = bytes[i];
        if (b == '"') {
          return ascii || Utf8.isValid(bytes, from, i) ? i : NOT_PLAIN;
        }
        if (b == '\\' || (b >= 0 && b < ' ')) {
          return NOT_PLAIN;
        }
        ascii &= b >= 0;
      }
    }
    return NOT_PLAIN;
  }

  /** Whether eight bytes are ASCII without quote, backslash and control characters. */
  private static boolean isPlain(long eight) {
    long quote = eight ^ (ONES * '"');
    long backslash = eight ^ (ONES * '\\');
    // A subtraction borrows, and sets the highest bit, where a byte is zero or below the blank
    return ((eight | (eight - ONES * ' ') | (quote - ONES) | (backslash - ONES)) & HIGHEST) == 0;
  }
}
