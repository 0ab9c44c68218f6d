/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainTextTest {
  /** Where eight bytes at a time could go wrong: at both sides of every limit. */
  private static final int[] BYTES = {
    0, 1, 0x1f, ' ', '!', '"', '#', 'a', '[', '\\', ']', 0x7e, 0x7f, 0x80, 0xa2, 0xc3, 0xdc, 0xff
  };

  @Test
  void findsWhatALookAtEachByteFinds() {
    // given
    Random random = new Random(1);
    int found = 0;
    for (int n = 0; n < 200_000; n++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextInt(6) > 0 ? 'b' : BYTES[random.nextInt(BYTES.length)]);
      }
      int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
      int end = from + random.nextInt(bytes.length - from + 1);

      // when
      int close = PlainText.close(bytes, from, end);

      // then
      assertThat(close)
          .as("of %s from %d to %d", bytes, from, end)
          .isEqualTo(one(bytes, from, end));
      found += close == PlainText.NOT_PLAIN ? 0 : 1;
    }
    assertThat(found).isBetween(5_000, 180_000);
  }

  @Test
  void takesOtherLettersAsTheyAre() {
    // given
    byte[] bytes = "\"Größe über alles, 日本語 🙂 und mehr davon\",".getBytes(UTF_8);

    // when, then
    assertThat(PlainText.close(bytes, 1, bytes.length)).isEqualTo(bytes.length - 2);
  }

  private static int one(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      if (bytes[i] == '"') {
        return Utf8.isValid(bytes, from, i) ? i : PlainText.NOT_PLAIN;
      }
      if (bytes[i] == '\\' || (bytes[i] >= 0 && bytes[i] < ' ')) {
        return PlainText.NOT_PLAIN;
      }
    }
    return PlainText.NOT_PLAIN;
  }
}
