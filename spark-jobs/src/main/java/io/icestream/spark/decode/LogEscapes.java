/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.FormatDefinition.Pattern;
import java.util.Arrays;

/** How a web server writes bytes into quoted fields that it does not write as they are. */
enum LogEscapes {
  /** Apache's httpd: a backslash before quotes and backslashes; anything else stays escaped. */
  APACHE {
    @Override
    byte[] unescaped(byte[] line, int from, int to) {
      byte[] text = new byte[to - from];
      int length = 0;
      for (int i = from; i < to; i++) {
        boolean escape =
            line[i] == '\\' && i + 1 < to && (line[i + 1] == '"' || line[i + 1] == '\\');
        text[length++] = line[escape ? ++i : i];
      }
      return Arrays.copyOf(text, length);
    }
  },

  /**
   * nginx: {@code \xHH} for quotes, backslashes, control characters and bytes above 126. A field
   * whose bytes are no text, such as a TLS handshake sent to a plain port, stays escaped.
   */
  NGINX {
    @Override
    byte[] unescaped(byte[] line, int from, int to) {
      byte[] text = new byte[to - from];
      int length = 0;
      for (int i = from; i < to; i++) {
        int value = line[i] == '\\' && i + 3 < to && line[i + 1] == 'x' ? hex(line, i + 2) : -1;
        text[length++] = value < 0 ? line[i] : (byte) value;
        i += value < 0 ? 0 : 3;
      }
      return Utf8.isValid(text, 0, length)
          ? Arrays.copyOf(text, length)
          : Arrays.copyOfRange(line, from, to);
    }
  };

  static LogEscapes of(Pattern pattern) {
    return switch (pattern) {
      case APACHE_COMBINED -> APACHE;
      case NGINX_COMBINED -> NGINX;
    };
  }

  /**
   * The bytes that the server wrote this way.
   *
   * @param line UTF-8
   * @param from where the field starts
   * @param to where it ends, not included
   */
  abstract byte[] unescaped(byte[] line, int from, int to);

  private static int hex(byte[] line, int at) {
    int high = Character.digit(line[at], 16);
    int low = Character.digit(line[at + 1], 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
