/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.icestream.spark.registry.WriterSchema.Language;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlueRegistryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID KNOWN = UUID.fromString("b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63");
  private static final List<String> CREDENTIALS = List.of("aws.accessKeyId", "aws.secretAccessKey");

  private final List<String> targets = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile String format = "AVRO";
  private volatile String status = "AVAILABLE";
  private volatile String error = "";
  private volatile int errorStatus = 400;

  @BeforeEach
  void start() throws IOException {
    CREDENTIALS.forEach(key -> System.setProperty(key, "test"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    CREDENTIALS.forEach(System::clearProperty);
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({"AVRO, AVRO", "PROTOBUF, PROTOBUF", "JSON, JSON", "XML, OTHER"})
  void givesASchemaByItsVersion(String dataFormat, Language language) {
    // given
    format = dataFormat;

    // when
    var schema = client().byId(new SchemaId.Version(KNOWN));

    // then
    assertThat(schema).contains(WriterSchema.of(language, "\"string\""));
    assertThat(targets).containsExactly("AWSGlue.GetSchemaVersion");
  }

  @Test
  void saysThatThereIsNoSchema() {
    assertThat(client().byId(new SchemaId.Version(UUID.randomUUID()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAILURE", "DELETING"})
  void hasNoSchemaThatIsNotInUse(String state) {
    // given
    status = state;

    // when, then
    assertThat(client().byId(new SchemaId.Version(KNOWN))).isEmpty();
  }

  @Test
  void waitsForASchemaThatIsChecked() {
    // given
    status = "PENDING";

    // when, then
    assertThatThrownBy(() -> client().byId(new SchemaId.Version(KNOWN)))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("still checks schema version " + KNOWN);
  }

  @ParameterizedTest
  @CsvSource({"400, AccessDeniedException", "500, InternalServiceException"})
  void knowsNothingIfTheAnswerIsNotAboutTheSchema(int code, String type) {
    // given
    errorStatus = code;
    error = type;

    // when, then
    assertThatThrownBy(() -> client().byId(new SchemaId.Version(KNOWN)))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining(type)
        .hasMessageEndingWith(
            "Check the network, the region and the permission glue:GetSchemaVersion.");
  }

  @Test
  void knowsNothingIfNobodyListens() {
    // given
    var client = client();
    server.stop(0);

    // when, then
    assertThatThrownBy(() -> client.byId(new SchemaId.Version(KNOWN)))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("does not answer");
  }

  private SchemaRegistry client() {
    var keys =
        Map.of(
            "type", "glue",
            "url", "http://127.0.0.1:" + server.getAddress().getPort(),
            "region", "eu-central-1",
            "timeout-seconds", "20");
    return new GlueRegistry(RegistrySettings.of(keys).orElseThrow());
  }

  private void answer(HttpExchange exchange) throws IOException {
    targets.add(exchange.getRequestHeaders().getFirst("x-amz-target"));
    JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
    String id = request.path("SchemaVersionId").asText();
    if (!error.isEmpty()) {
      send(exchange, errorStatus, Map.of("__type", error, "message", "no"));
    } else if (!id.equals(KNOWN.toString())) {
      send(
          exchange,
          400,
          Map.of("__type", "EntityNotFoundException", "Message", "Schema version is not found."));
    } else {
      send(
          exchange,
          200,
          Map.of(
              "SchemaVersionId", id,
              "SchemaDefinition", "\"string\"",
              "DataFormat", format,
              "Status", status,
              "VersionNumber", 1));
    }
  }

  private static void send(HttpExchange exchange, int code, Map<String, Object> body)
      throws IOException {
    byte[] bytes = JSON.writeValueAsString(body).getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
