/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.FormatDefinition.Encoding;
import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawDecoderTest {
  private static final StructType BYTES = RawDecoder.columns(Encoding.BYTES);
  private static final StructType TEXT = RawDecoder.columns(Encoding.TEXT);

  @Test
  void givesTheValueInOneColumn() {
    assertThat(BYTES).isEqualTo(new StructType().add("value", DataTypes.BinaryType, false));
    assertThat(TEXT).isEqualTo(new StructType().add("value", DataTypes.StringType, false));
  }

  @Test
  void keepsAnyBytes() {
    // given
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }

    // when, then
    var decoder = new RawDecoder(Encoding.BYTES);
    assertThat(Decoded.values(decoder, BYTES, every)).containsExactly(Arrays.toString(every));
    assertThat(Decoded.values(decoder, BYTES, "")).containsExactly("[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "Kö\u0000ln\r\n", "\uFEFFx", "\u07FF\u0800\uFFFF", "😀\uDBFF\uDFFF"})
  void keepsAnyText(String text) {
    assertThat(Decoded.values(new RawDecoder(Encoding.TEXT), TEXT, text)).containsExactly(text);
  }

  @Test
  void takesExactlyTheBytesThatJavaTakesForUtf8() {
    for (int first = 0x80; first < 0x100; first++) {
      for (int second : new int[] {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0}) {
        for (int length = 1; length <= 4; length++) {
          // given
          byte[] payload = {(byte) first, (byte) second, (byte) 0xBF, (byte) 0x80};
          payload = Arrays.copyOf(payload, length);

          // when
          boolean valid = Utf8.isValid(payload, 0, payload.length);

          // then
          byte[] again = new String(payload, UTF_8).getBytes(UTF_8);
          assertThat(valid).as(Arrays.toString(payload)).isEqualTo(Arrays.equals(again, payload));
        }
      }
    }
  }

  @Test
  void rejectsATextThatIsNotUtf8() {
    assertThat(
            Decoded.rejection(new RawDecoder(Encoding.TEXT), TEXT, new byte[] {'a', (byte) 0xE4}))
        .isEqualTo("malformed_text: The payload is not UTF-8: see its byte 1");
  }
}
