/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AsciiBufferTest {

  private final AsciiBuffer out = new AsciiBuffer();

  @Test
  void writesNumbers() {
    assertThat(written(out.number(0).text(" ").number(-42).text(" ").number(Long.MAX_VALUE)))
        .isEqualTo("0 -42 9223372036854775807");
  }

  @Test
  void writesAllDecimals() {
    assertThat(written(out.fixed(210_430, 4).text(" ").fixed(-5, 2).text(" ").fixed(0, 1)))
        .isEqualTo("21.0430 -0.05 0.0");
  }

  @Test
  void writesTimes() {
    // given
    long leapDay = Instant.parse("2024-02-29T03:04:05.006Z").toEpochMilli();

    // when
    out.isoTime(leapDay).text(" ").apacheTime(leapDay);

    // then
    assertThat(written(out)).isEqualTo("2024-02-29T03:04:05.006Z 29/Feb/2024:03:04:05 +0000");
  }

  @Test
  void growsAsNeeded() {
    assertThat(written(out.text("x".repeat(5000)).hex(0xABCL, 4))).hasSize(5004).endsWith("x0abc");
  }

  private static String written(AsciiBuffer out) {
    return new String(out.copy(), US_ASCII);
  }
}
