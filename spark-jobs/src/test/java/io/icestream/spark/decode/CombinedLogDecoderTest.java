/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CombinedLogDecoderTest {
  private static final String PREFIX = "83.149.9.216 - - [17/May/2015:10:05:03 +0000] ";
  private static final long TIME =
      Instant.parse("2015-05-17T10:05:03Z").getEpochSecond() * 1_000_000;

  private final RecordDecoder decoder = new CombinedLogDecoder(LogEscapes.APACHE);

  @Test
  void readsALineIntoTypedColumns() {
    // given
    var line =
        "83.149.9.216 ident frank [17/May/2015:10:05:03 +0000] \"GET /images/a%20b.png?x=1 HTTP/1.1\""
            + " 200 203023 \"http://example.org/start\" \"Mozilla/5.0 (X11; Linux) Chrome/32\"";

    // when
    var values = values(line);

    // then
    assertThat(values)
        .containsExactly(
            "83.149.9.216",
            "ident",
            "frank",
            TIME,
            "GET",
            "/images/a%20b.png?x=1",
            "HTTP/1.1",
            200,
            203023L,
            "http://example.org/start",
            "Mozilla/5.0 (X11; Linux) Chrome/32");
  }

  @Test
  void takesADashAsNull() {
    assertThat(values(PREFIX + "\"-\" 408 - \"-\" \"-\""))
        .containsExactly("83.149.9.216", null, null, TIME, null, null, null, 408, null, null, null);
  }

  @Test
  void keepsEmptyQuotesAsEmptyText() {
    assertThat(values(PREFIX + "\"GET / HTTP/1.0\" 200 0 \"\" \"\"").subList(9, 11))
        .containsExactly("", "");
  }

  @Test
  void takesBackslashesFromQuotesAndBackslashes() {
    assertThat(values(PREFIX + "\"GET /a\\\"b HTTP/1.0\" 200 1 \"c\\\\\" \"say \\\"hi\\\" \\x41\""))
        .endsWith("GET", "/a\"b", "HTTP/1.0", 200, 1L, "c\\", "say \"hi\" \\x41");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET | GET",
        "GET / | GET /",
        "\\x16\\x03\\x01 | \\x16\\x03\\x01",
        "/only/path | /only/path"
      })
  void keepsARequestThatIsNotThreeWordsAsTarget(String request, String target) {
    assertThat(values(PREFIX + "\"" + request + "\" 400 226 \"-\" \"-\"").subList(4, 7))
        .containsExactly(null, target, null);
  }

  @Test
  void putsMoreThanThreeWordsIntoTheTarget() {
    assertThat(values(PREFIX + "\"GET /a b c HTTP/1.1\" 200 1 \"-\" \"-\"").subList(4, 7))
        .containsExactly("GET", "/a b c", "HTTP/1.1");
  }

  @Test
  void takesAUserAgentThatIsCutOff() {
    assertThat(values(PREFIX + "\"GET / HTTP/1.1\" 200 1 \"-\" \"Mozilla/5.0 (compa"))
        .endsWith("Mozilla/5.0 (compa");
    assertThat(values(PREFIX + "\"GET / HTTP/1.1\" 200 1 \"-\" \"Mozilla\\")).endsWith("Mozilla\\");
  }

  @Test
  void rejectsBytesThatAreNotUtf8() {
    // given
    var line = (PREFIX + "\"GET /\u00e4 HTTP/1.1\" 200 1 \"-\" \"-\"").getBytes(ISO_8859_1);

    // when, then
    assertThat(Decoded.rejection(decoder, CombinedLogDecoder.COLUMNS, line))
        .isEqualTo("malformed_log_line: The payload is not UTF-8: see its byte 52");
  }

  @Test
  void doesNotMindTheLineBreakThatEndsARecord() {
    assertThat(values(PREFIX + "\"-\" 200 1 \"-\" \"x\"\r\n")).endsWith("x");
    assertThat(values(PREFIX + "\"-\" 200 1 \"-\" \"cut of\n")).endsWith("cut of");
  }

  @Test
  void rejectsASecondLine() {
    var line = PREFIX + "\"-\" 200 1 \"-\" \"x\"";

    assertThat(Decoded.rejection(decoder, CombinedLogDecoder.COLUMNS, line + "\n" + line))
        .isEqualTo("malformed_log_line: there is more than one line");
  }

  @Test
  void readsWhatNginxWrites() {
    // given
    var line = PREFIX + "\"GET /a\\x22b\\x5C HTTP/2.0\" 200 1 \"-\" \"K\\xC3\\xB6ln \\x5Cx41\"";

    // when
    var values =
        Decoded.values(new CombinedLogDecoder(LogEscapes.NGINX), CombinedLogDecoder.COLUMNS, line);

    // then
    assertThat(values).endsWith("GET", "/a\"b\\", "HTTP/2.0", 200, 1L, null, "K\u00f6ln \\x41");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\x16\\x03\\x01\\xEE", "\\xZZ", "\\x4", "\\"})
  void keepsWhatNginxWritesOfBytesThatAreNoText(String field) {
    // given
    var line = PREFIX + "\"" + field + " \" 400 1 \"-\" \"-\"";

    // when
    var values =
        Decoded.values(new CombinedLogDecoder(LogEscapes.NGINX), CombinedLogDecoder.COLUMNS, line);

    // then
    assertThat(values.subList(4, 7)).doesNotContain("");
    assertThat(values.get(5).toString()).startsWith(field);
  }

  @Test
  void doesNotCarryValuesFromOneLineToTheNext() {
    // given
    Decoded.rejection(decoder, CombinedLogDecoder.COLUMNS, "1.1.1.1 a b [never");

    // when
    var values = values(PREFIX + "\"GET / HTTP/1.1\" 200 1 \"-\" \"-\"");

    // then
    assertThat(values).startsWith("83.149.9.216", null, null, TIME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "- - - [17/May/2015:10:05:03 +0000] \"-\" 200 1 \"-\" \"-\" | remote_addr: is a dash",
        "1.1.1.1 | ident: is absent",
        "1.1.1.1  - [17/May/2015:10:05:03 +0000] \"-\" 200 1 \"-\" \"-\" | ident: is absent",
        "1.1.1.1 - - 17/May/2015 \"-\" 200 1 \"-\" \"-\" | event_time: is not in brackets",
        "1.1.1.1 - - [17/May/2015:10:05:03 | event_time: is not in brackets",
        "1.1.1.1 - - [2015-05-17] \"-\" 200 1 \"-\" \"-\""
            + " | event_time: '2015-05-17' is not dd/Mon/yyyy:HH:mm:ss +zzzz",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000] GET 200 1 \"-\" \"-\" | request: is not in quotes",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"GET / | request: its quote is not closed",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"-\" 20 1 \"-\" \"-\""
            + " | status: '20' is no number of three digits",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"-\" - 1 \"-\" \"-\""
            + " | status: 'null' is no number of three digits",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"-\" abc 1 \"-\" \"-\""
            + " | status: 'abc' is no number of three digits",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"-\" -20 1 \"-\" \"-\""
            + " | status: '-20' is no number of three digits",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"-\" 200 1k \"-\" \"-\" | bytes: '1k' is no number",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"-\" 200 -5 \"-\" \"-\" | bytes: '-5' is no number",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"-\" 200 1.5 \"-\" \"-\" | bytes: '1.5' is no number",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"-\" 200 1 | referrer: is not in quotes",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"-\" 200 1 \"- | referrer: its quote is not closed",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"-\" 200 1 \"-\" | user_agent: is not in quotes",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"-\" 200 1 \"-\" \"-\" more"
            + " | there is text after the user agent",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000]\"-\" 200 1 \"-\" \"-\""
            + " | event_time: no blank follows it",
        "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"-\"200 1 \"-\" \"-\""
            + " | request: no blank follows it"
      })
  void rejectsALineThatIsMalformed(String line, String detail) {
    assertThat(Decoded.rejection(decoder, CombinedLogDecoder.COLUMNS, line))
        .isEqualTo("malformed_log_line: " + detail);
  }

  @Test
  void rejectsAnEmptyLine() {
    assertThat(Decoded.rejection(decoder, CombinedLogDecoder.COLUMNS, ""))
        .isEqualTo("empty_payload: The payload has no content");
  }

  @Test
  void neverFailsOnALineThatIsCutAnywhere() {
    // given
    var line = PREFIX + "\"GET /a\\\"b HTTP/1.1\" 200 1 \"http://r/\\\\\" \"agent \\\" x\"";

    for (int length = 1; length < line.length(); length++) {
      // when
      var row = new GenericInternalRow(CombinedLogDecoder.COLUMNS.length());
      var cut = line.substring(0, length);
      var rejected = false;
      try {
        decoder.decode(cut.getBytes(ISO_8859_1), row);
      } catch (Rejection e) {
        rejected = true;
      }

      // then
      assertThat(rejected).as(cut).isEqualTo(length < line.indexOf("\"agent") + 1);
    }
  }

  private List<Object> values(String line) {
    return Decoded.values(decoder, CombinedLogDecoder.COLUMNS, line);
  }
}
