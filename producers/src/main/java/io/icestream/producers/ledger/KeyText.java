/* SPDX-License-Identifier: MIT */
package io.icestream.producers.ledger;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * The key of a record as text without tabs and line ends: URL-encoded bytes, {@code -} for no key,
 * nothing for an empty one. A key that is a hyphen is {@code %2D}.
 */
final class KeyText {

  static final String NO_KEY = "-";

  private static final String PLAIN = "._-";
  private static final String HEX = "0123456789ABCDEF";

  private KeyText() {}

  static String encode(byte[] key) {
    if (key == null) {
      return NO_KEY;
    }
    boolean hyphen = key.length == 1 && key[0] == '-';
    StringBuilder text = new StringBuilder(key.length + 8);
    for (byte each : key) {
      if (isPlain(each) && !hyphen) {
        text.append((char) each);
      } else {
        text.append('%').append(HEX.charAt(each >> 4 & 15)).append(HEX.charAt(each & 15));
      }
    }
    return text.toString();
  }

  /**
   * The key's bytes; empty for no key. The text comes from {@link #encode(byte[])} or passed {@link
   * #isKeyText(String)}.
   */
  static Optional<byte[]> decode(String text) {
    if (text.equals(NO_KEY)) {
      return Optional.empty();
    }
    ByteArrayOutputStream key = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        key.write(Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else {
        key.write(text.charAt(i));
      }
    }
    return Optional.of(key.toByteArray());
  }

  static boolean isKeyText(String text) {
    return text.matches("([A-Za-z0-9._-]|%[0-9A-F]{2})*");
  }

  private static boolean isPlain(byte each) {
    return (each >= '0' && each <= '9')
        || (each >= 'A' && each <= 'Z')
        || (each >= 'a' && each <= 'z')
        || PLAIN.indexOf(each) >= 0;
  }
}
