/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What can happen to any text on its way: each way by its name. */
final class Damage {
  private static final byte[] STRAY = {0, (byte) 0xFF, '"', '\\', '}', ',', '\n', (byte) 0xC3, '1'};

  private Damage() {}

  /** The text cut before each of its bytes but the first. */
  static Map<String, byte[]> cuts(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    Map<String, byte[]> cuts = new LinkedHashMap<>();
    for (int length = 1; length < bytes.length; length++) {
      cuts.put("cut at byte " + length, Arrays.copyOf(bytes, length));
    }
    return cuts;
  }

  /** The text with each of its bytes changed to each of several others. */
  static Map<String, byte[]> strayBytes(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    Map<String, byte[]> changed = new LinkedHashMap<>();
    for (int at = 0; at < bytes.length; at++) {
      for (byte stray : STRAY) {
        if (bytes[at] != stray) {
          byte[] copy = bytes.clone();
          copy[at] = stray;
          changed.put("byte %d is 0x%02X".formatted(at, stray), copy);
        }
      }
    }
    return changed;
  }

  /** The text, which has an umlaut, in encodings that are not UTF-8. */
  static Map<String, byte[]> encodings(String text) {
    Map<String, byte[]> encoded = new LinkedHashMap<>();
    for (String name :
        new String[] {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "ISO-8859-1"}) {
      encoded.put("in " + name, text.getBytes(Charset.forName(name)));
    }
    encoded.put(
        "in UTF-16LE with its mark", ("\uFEFF" + text).getBytes(Charset.forName("UTF-16LE")));
    return encoded;
  }

  /** Sequences that lenient readers take for a character. */
  static Map<String, byte[]> wrongSequences() {
    Map<String, byte[]> sequences = new LinkedHashMap<>();
    sequences.put("an overlong slash of two bytes", bytes(0xC0, 0xAF));
    sequences.put("an overlong slash of three bytes", bytes(0xE0, 0x80, 0xAF));
    sequences.put("an overlong slash of four bytes", bytes(0xF0, 0x80, 0x80, 0xAF));
    sequences.put("an overlong NUL, as Java writes it", bytes(0xC0, 0x80));
    sequences.put("an overlong quote", bytes(0xC0, 0xA2));
    sequences.put("a high surrogate", bytes(0xED, 0xA0, 0x80));
    sequences.put("a low surrogate", bytes(0xED, 0xBF, 0xBF));
    sequences.put(
        "a pair of surrogates, as CESU-8 has it", bytes(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80));
    sequences.put("a character above U+10FFFF", bytes(0xF4, 0x90, 0x80, 0x80));
    sequences.put("five bytes", bytes(0xF8, 0x88, 0x80, 0x80, 0x80));
    sequences.put("a lone continuation", bytes(0x80));
    sequences.put("a start without continuation", bytes(0xE2, 0x82));
    sequences.put("0xFE", bytes(0xFE));
    return sequences;
  }

  /** Some bytes and others behind them. */
  static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  /** A text with bytes in the place of its {@code @}. */
  static byte[] with(String text, byte[] inserted) {
    int at = text.indexOf('@');
    byte[] before = text.substring(0, at).getBytes(UTF_8);
    byte[] after = text.substring(at + 1).getBytes(UTF_8);
    return ByteBuffer.allocate(before.length + inserted.length + after.length)
        .put(before)
        .put(inserted)
        .put(after)
        .array();
  }

  /** The text, if the bytes are UTF-8 as the JDK has it. */
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
