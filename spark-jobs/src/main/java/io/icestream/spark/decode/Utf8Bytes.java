/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

/** Tells bytes that are UTF-8 from bytes that are not, without making a string of them. */
final class Utf8Bytes {
  private Utf8Bytes() {}

  /** Whether bytes are UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
  static boolean isValid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (bytes[at] >= 0) {
        at++;
        continue;
      }
      int length = length(bytes[at] & 0xff);
      if (length == 0 || to - at < length || !isSecond(bytes[at] & 0xff, bytes[at + 1] & 0xff)) {
        return false;
      }
      for (int i = 2; i < length; i++) {
        if ((bytes[at + i] & 0xc0) != 0x80) {
          return false;
        }
      }
      at += length;
    }
    return true;
  }

  /** How many bytes the character has that begins with a byte; 0 if none does. */
  private static int length(int first) {
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  }

  /** Whether a byte may be the second one of a character: that is where all exceptions are. */
  private static boolean isSecond(int first, int second) {
    int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    return second >= least && second <= most;
  }
}
