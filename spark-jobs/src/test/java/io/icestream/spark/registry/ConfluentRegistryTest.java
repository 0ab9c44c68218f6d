/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

import static io.icestream.spark.registry.FakeConfluent.reference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.registry.WriterSchema.Language;
import io.icestream.spark.registry.WriterSchema.Reference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfluentRegistryTest {
  private static final SchemaId ID = new SchemaId.Numbered(7);

  private FakeConfluent server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeConfluent();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void givesASchemaById() {
    // given
    server.with(7, "AVRO", "\"string\"").with(8, "PROTOBUF", "message M {}").with(9, "XML", "<x/>");
    var registry = client(Map.of());

    // when, then
    assertThat(registry.byId(ID)).contains(WriterSchema.of(Language.AVRO, "\"string\""));
    assertThat(registry.byId(new SchemaId.Numbered(8)))
        .contains(WriterSchema.of(Language.PROTOBUF, "message M {}"));
    assertThat(registry.byId(new SchemaId.Numbered(9)))
        .contains(WriterSchema.of(Language.OTHER, "<x/>"));
    assertThat(server.requests.get(0)).isEqualTo("GET /schemas/ids/7");
    assertThat(server.authorizations).containsOnly("null");
  }

  @Test
  void givesWhatASchemaRefersToBehindWhatThatNeeds() {
    // given: 7 needs b and c, both of which need a
    server
        .with(
            7, "PROTOBUF", "seven", reference("b.proto", "b b/1", 2), reference("c.proto", "c", 1))
        .with("b%20b%2F1", 2, "PROTOBUF", "b", reference("a.proto", "a", 1))
        .with("c", 1, "PROTOBUF", "c", reference("a.proto", "a", 1))
        .with("a", 1, "PROTOBUF", "a");

    // when
    var schema = client(Map.of()).byId(ID).orElseThrow();

    // then
    assertThat(schema.text()).isEqualTo("seven");
    assertThat(schema.references())
        .containsExactly(
            new Reference("a.proto", "a"),
            new Reference("b.proto", "b"),
            new Reference("c.proto", "c"));
  }

  @Test
  void hasNoSchemaWhoseReferenceIsGone() {
    // given
    server.with(7, "AVRO", "seven", reference("b", "b", 2));

    // when, then
    assertThat(client(Map.of()).byId(ID)).isEmpty();
  }

  @Test
  void saysThatThereIsNoSchema() {
    assertThat(client(Map.of()).byId(ID)).isEmpty();
  }

  @Test
  void sendsItsCredentials() {
    // given
    server.with(7, "AVRO", "\"string\"");

    // when
    client(Map.of("basic.user", "ann", "basic.password", "s:cret")).byId(ID).orElseThrow();
    client(Map.of("bearer.token", "t0ken")).byId(ID).orElseThrow();

    // then
    assertThat(server.authorizations).containsExactly("Basic YW5uOnM6Y3JldA==", "Bearer t0ken");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 401, 403, 404, 429, 500, 503})
  void knowsNothingIfTheAnswerIsNotAboutTheSchema(int status) {
    // given
    server.with(7, "AVRO", "\"string\"");
    server.broken = status;

    // when, then
    assertThatThrownBy(() -> client(Map.of()).byId(ID))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessage(
            "Schema registry "
                + server.url()
                + " answers with status "
                + status
                + " to /schemas/ids/7. Start it, or correct 'registry.*' in the environment.");
  }

  @Test
  void takesAWrongAddressForNoAnswerAboutTheSchema() {
    // given: what the real registry says to a path that it does not have
    server.broken = 404;
    server.body = "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}";

    // when, then
    assertThatThrownBy(() -> client(Map.of()).byId(ID))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{}", "[1]", "{\"schema\": 1}"})
  void knowsNothingIfTheAnswerHasNoSchema(String body) {
    // given
    server.body = body;

    // when, then
    assertThatThrownBy(() -> client(Map.of()).byId(ID))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("to /schemas/ids/7");
  }

  @Test
  void knowsNothingIfNobodyListens() {
    // given
    server.close();

    // when, then
    assertThatThrownBy(() -> client(Map.of()).byId(ID))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining(server.url() + " does not answer (java.net.ConnectException");
  }

  @Test
  void waitsNoLongerThanTheTimeout() throws IOException {
    // given: a server that takes connections and says nothing
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var keys = keys("http://127.0.0.1:" + silent.getLocalPort(), Map.of("timeout-seconds", "1"));
      var registry = new ConfluentRegistry(RegistrySettings.of(keys).orElseThrow());

      // when, then
      assertThatThrownBy(() -> registry.byId(ID))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("HttpTimeoutException");
    }
  }

  @Test
  void pausesWhileTheRegistryIsDownAndGoesOnByItself() throws IOException {
    // given: down, then up with the wrong status, then well
    server.with(7, "AVRO", "\"string\"");
    server.broken = 503;
    List<String> waits = new ArrayList<>();
    var patient =
        new PatientRegistry(
            client(Map.of()),
            server.url(),
            1,
            time -> {
              waits.add(time.toMillis() + " ms");
              if (waits.size() == 3) {
                server.broken = 0;
              }
            });

    // when
    var schema = patient.byId(ID);

    // then
    assertThat(schema).contains(WriterSchema.of(Language.AVRO, "\"string\""));
    assertThat(waits).containsExactly("200 ms", "400 ms", "800 ms");
    assertThat(server.requests).hasSize(4);
  }

  @Test
  void allTasksShareOneClientAndItsCache() {
    // given
    server.with(7, "AVRO", "\"string\"");
    var settings = RegistrySettings.of(keys(server.url(), Map.of())).orElseThrow();
    var same = RegistrySettings.of(keys(server.url(), Map.of())).orElseThrow();

    // when
    var first = SchemaRegistry.shared(settings).byId(ID);
    var second = SchemaRegistry.shared(same).byId(ID);

    // then
    assertThat(first).isPresent().isEqualTo(second);
    assertThat(server.requests).hasSize(1);
  }

  private SchemaRegistry client(Map<String, String> more) {
    return new ConfluentRegistry(RegistrySettings.of(keys(server.url(), more)).orElseThrow());
  }

  private static Map<String, String> keys(String url, Map<String, String> more) {
    Map<String, String> keys = new TreeMap<>(Map.of("type", "confluent", "url", url + "/"));
    keys.putAll(more);
    return keys;
  }
}
