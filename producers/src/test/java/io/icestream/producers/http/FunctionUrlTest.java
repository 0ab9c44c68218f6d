/* SPDX-License-Identifier: MIT */
package io.icestream.producers.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionUrlTest {

  @Test
  void readsAnEventOfAFunctionUrl() throws IOException {
    // when
    HttpRequest request;
    try (var event = getClass().getResourceAsStream("function-url-event.json")) {
      request = FunctionUrl.read(event);
    }

    // then
    assertThat(request.id()).isEqualTo("e1506fd5-9e7b-434f-bd42-4f8fa224b599");
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/topics/iot.readings");
    assertThat(request.header("content-type")).contains("application/json");
    assertThat(new String(request.body(), UTF_8))
        .isEqualTo("{\"device_id\":\"d1\",\"temperature\":21.5}");
  }

  @Test
  void readsABodyThatIsText() throws IOException {
    // when
    HttpRequest request =
        read(
            """
            {"version": "2.0", "body": "{\\"a\\":\\"é\\"}", "isBase64Encoded": false, "rawPath": "/",
             "requestContext": {"http": {"method": "POST"}}}
            """);

    // then
    assertThat(new String(request.body(), UTF_8)).isEqualTo("{\"a\":\"é\"}");
  }

  @Test
  void refusesAnotherFormat() {
    assertThatThrownBy(() -> read("{\"version\": \"1.0\", \"httpMethod\": \"POST\"}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not of payload format 2.0 but of version '1.0'");
  }

  @Test
  void writesTheAnswer() throws IOException {
    // given
    var out = new ByteArrayOutputStream();

    // when
    FunctionUrl.write(new HttpResponse(405, Map.of("allow", "POST"), "{\"a\":1}"), out);

    // then
    assertThat(out.toString(UTF_8))
        .contains("\"statusCode\":405")
        .contains("\"allow\":\"POST\"")
        .contains("\"content-type\":\"application/json\"")
        .contains("\"body\":\"{\\\"a\\\":1}\"");
  }

  private static HttpRequest read(String event) throws IOException {
    return FunctionUrl.read(new ByteArrayInputStream(event.getBytes(UTF_8)));
  }
}
