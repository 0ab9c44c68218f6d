/* SPDX-License-Identifier: MIT */
package io.icestream.producers.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Payload format 2.0 of API Gateway's HTTP APIs and of Function URLs. */
final class FunctionUrl {

  private static final ObjectMapper JSON = new ObjectMapper();

  private FunctionUrl() {}

  /**
   * @throws IOException if the payload is not of this format
   */
  static HttpRequest read(InputStream payload) throws IOException {
    JsonNode event = JSON.readTree(payload);
    JsonNode context = event.path("requestContext");
    String method = context.path("http").path("method").asText();
    if (!event.path("version").asText().equals("2.0") || method.isEmpty()) {
      throw new IOException(
          "The event is not of payload format 2.0 but of version '"
              + event.path("version").asText()
              + "': call the function by its URL or an HTTP API.");
    }
    Map<String, String> headers = new HashMap<>();
    event
        .path("headers")
        .fields()
        .forEachRemaining(
            header ->
                headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText()));
    return new HttpRequest(
        context.path("requestId").asText("unknown"),
        method,
        event.path("rawPath").asText("/"),
        headers,
        body(event));
  }

  static void write(HttpResponse response, OutputStream out) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("statusCode", response.status());
    ObjectNode headers = answer.putObject("headers");
    headers.put("content-type", "application/json");
    response.headers().forEach(headers::put);
    answer.put("body", response.body());
    answer.put("isBase64Encoded", false);
    JSON.writeValue(out, answer);
  }

  private static byte[] body(JsonNode event) throws IOException {
    String body = event.path("body").asText("");
    if (!event.path("isBase64Encoded").asBoolean()) {
      return body.getBytes(UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new IOException("The event's body is not the base64 that it says to be", e);
    }
  }
}
