/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Answers as Confluent's schema registry does, and as Glue's, but for the first question about each
 * schema: that one it does not answer, so that pipelines have to ask again.
 */
final class SchemaRegistryServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BY_ID = "/schemas/ids/";

  private final List<RegisteredSchema> schemas;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final HttpServer server;

  SchemaRegistryServer(List<RegisteredSchema> schemas) throws IOException {
    this.schemas = List.copyOf(schemas);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Writes a stack's environment file with this registry added.
   *
   * @param type {@code confluent} or {@code glue}
   * @param folder where the file goes
   */
  Path environment(Stack stack, String type, Path folder) throws IOException {
    String registry =
        """

        registry.type=%s
        registry.url=http://127.0.0.1:%d
        registry.region=eu-central-1
        """
            .formatted(type, server.getAddress().getPort());
    return Files.writeString(
        folder.resolve(type + ".properties"), Files.readString(stack.environmentFile()) + registry);
  }

  /** What pipelines have asked for, each once, as the registry's protocol names it. */
  Set<String> asked() {
    return Set.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("x-amz-target");
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    if ("AWSGlue.GetSchemaVersion".equals(target)) {
      String version = JSON.readTree(body).path("SchemaVersionId").asText();
      glue(exchange, version);
    } else if (exchange.getRequestMethod().equals("GET") && path.startsWith(BY_ID)) {
      confluent(exchange, path.substring(BY_ID.length()));
    } else {
      send(exchange, 400, Map.of("message", "Nobody answers " + path + " to " + target));
    }
  }

  private void confluent(HttpExchange exchange, String id) throws IOException {
    Optional<RegisteredSchema> schema = find(s -> Integer.toString(s.id()).equals(id));
    if (asked.add("confluent " + id)) {
      send(exchange, 503, Map.of("message", "not yet"));
    } else if (schema.isEmpty()) {
      send(exchange, 404, Map.of("error_code", 40403, "message", "Schema not found"));
    } else {
      Map<String, Object> answer = new TreeMap<>(Map.of("schema", schema.get().text()));
      if (!schema.get().type().equals("AVRO")) {
        answer.put("schemaType", schema.get().type());
      }
      send(exchange, 200, answer);
    }
  }

  private void glue(HttpExchange exchange, String version) throws IOException {
    Optional<RegisteredSchema> schema = find(s -> s.version().toString().equals(version));
    if (asked.add("glue " + version)) {
      send(exchange, 500, Map.of("__type", "InternalServiceException", "message", "not yet"));
    } else if (schema.isEmpty()) {
      send(exchange, 400, Map.of("__type", "EntityNotFoundException", "Message", "Not found"));
    } else {
      send(
          exchange,
          200,
          Map.of(
              "SchemaVersionId",
              version,
              "SchemaDefinition",
              schema.get().text(),
              "DataFormat",
              schema.get().type(),
              "Status",
              "AVAILABLE",
              "VersionNumber",
              1));
    }
  }

  private Optional<RegisteredSchema> find(Predicate<RegisteredSchema> wanted) {
    return schemas.stream().filter(wanted).findFirst();
  }

  private static void send(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] bytes = JSON.writeValueAsString(body).getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
