/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * UTF-8, strictly: no overlong forms, no surrogates, nothing above U+10FFFF. Parsers that take more
 * than that store other text than was sent.
 */
final class Utf8 {
  private Utf8() {}

  /**
   * The text of a payload.
   *
   * @param reason why the record is rejected if it is no UTF-8
   */
  static String text(byte[] payload, String reason) throws Rejection {
    require(payload, reason);
    return new String(payload, UTF_8);
  }

  /**
   * The text of a payload that holds one line, without the line break at its end.
   *
   * @param reason why the record is rejected if it is no UTF-8
   */
  static String line(byte[] payload, String reason) throws Rejection {
    return text(withoutLineBreak(payload), reason);
  }

  /** A payload that holds one line, without the line break at its end. */
  static byte[] withoutLineBreak(byte[] payload) {
    int end = payload.length;
    end -= end > 0 && payload[end - 1] == '\n' ? 1 : 0;
    end -= end > 0 && payload[end - 1] == '\r' ? 1 : 0;
    return end == payload.length ? payload : Arrays.copyOf(payload, end);
  }

  /** Rejects what is no UTF-8, and says where. */
  static void require(byte[] payload, String reason) throws Rejection {
    int wrong = firstWrong(payload, 0, payload.length);
    if (wrong < payload.length) {
      throw new Rejection(reason, "The payload is not UTF-8: see its byte " + wrong);
    }
  }

  static boolean isValid(byte[] bytes, int from, int to) {
    return firstWrong(bytes, from, to) == to;
  }

  /** The place of the first sequence that is no character; {@code to} if there is none. */
  private static int firstWrong(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (bytes[at] >= 0) {
        at++;
      } else {
        int length = sequence(bytes, at, to);
        if (length == 0) {
          return at;
        }
        at += length;
      }
    }
    return to;
  }

  /** The length of a character of several bytes; 0 if it is none. */
  private static int sequence(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xFF;
    int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || length > to - at) {
      return 0;
    }
    // The second byte alone tells overlong forms, surrogates and what lies above U+10FFFF
    int second = bytes[at + 1] & 0xFF;
    int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
