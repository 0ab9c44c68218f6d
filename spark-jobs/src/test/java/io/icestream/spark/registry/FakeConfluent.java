/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers as Confluent's schema registry does. */
final class FakeConfluent implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final Map<String, Map<String, Object>> schemas = new ConcurrentHashMap<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  final List<String> authorizations = new CopyOnWriteArrayList<>();

  /** If not 0, the status of all answers. */
  volatile int broken;

  /** If not null, the body of all answers. */
  volatile String body;

  private final HttpServer server;

  FakeConfluent() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Makes a schema known; Avro has no type, as in the real registry. */
  FakeConfluent with(int id, String type, String schema, Map<?, ?>... references) {
    put("/schemas/ids/" + id, type, schema, references);
    return this;
  }

  FakeConfluent with(
      String subject, int version, String type, String schema, Map<?, ?>... references) {
    put("/subjects/" + subject + "/versions/" + version, type, schema, references);
    return this;
  }

  static Map<String, Object> reference(String name, String subject, int version) {
    return Map.of("name", name, "subject", subject, "version", version);
  }

  private void put(String path, String type, String schema, Map<?, ?>... references) {
    Map<String, Object> answer = new TreeMap<>(Map.of("schema", schema));
    if (!type.equals("AVRO")) {
      answer.put("schemaType", type);
    }
    if (references.length > 0) {
      answer.put("references", references);
    }
    schemas.put(path, answer);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    requests.add(exchange.getRequestMethod() + " " + path);
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    Map<String, Object> schema = schemas.get(path);
    if (broken != 0) {
      send(exchange, broken, body == null ? "<html>out of order</html>" : body);
    } else if (body != null) {
      send(exchange, 200, body);
    } else if (schema == null) {
      int code = path.startsWith("/schemas/") ? 40403 : 40401;
      send(exchange, 404, "{\"error_code\":" + code + ",\"message\":\"Not found\"}");
    } else {
      send(exchange, 200, JSON.writeValueAsString(schema));
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
