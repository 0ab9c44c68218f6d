/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a | 0:a",
        "a~ | 0:a",
        "a~b | 0:a 1:b",
        "a^~b^~ | 0:a 1:b",
        "a~~ ~b | 0:a 3:b",
        "~^~a | 2:a",
        "a^b~c | 0:a^b 1:c",
        "a^ | 0:a"
      })
  void numbersLinesAndLeavesBlankOnesOut(String payload, String lines) {
    assertThat(lines(payload)).isEqualTo(List.of(lines.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {"null", "''", "~", "^~ ^~"})
  void givesARecordWithoutLinesAsAWhole(String payload) {
    assertThat(lines(payload)).isEqualTo(List.of("-1:" + payload));
  }

  /** Line feeds are written ~, carriage returns ^. */
  private static List<String> lines(String payload) {
    byte[] bytes =
        payload == null ? null : payload.replace('~', '\n').replace('^', '\r').getBytes(UTF_8);
    return Document.lines(bytes).stream().map(DocumentTest::shown).toList();
  }

  private static String shown(Document document) {
    String text =
        document.payload() == null
            ? "null"
            : new String(document.payload(), UTF_8).replace('\n', '~').replace('\r', '^');
    return document.line() + ":" + text;
  }
}
