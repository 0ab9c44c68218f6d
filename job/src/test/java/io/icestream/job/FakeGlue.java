/* SPDX-License-Identifier: MIT */
package io.icestream.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * As much of Glue's catalog as Iceberg calls: tables with a version that a change has to name. What
 * else is asked for is refused, as it is with a role that does not allow it.
 */
final class FakeGlue implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TARGET = "AWSGlue.";

  private final HttpServer server;
  private final Map<String, ObjectNode> tables = new ConcurrentHashMap<>();
  private final SortedSet<String> actions = new ConcurrentSkipListSet<>();
  private final String warehouse;

  /** An answer that is an error: Glue's name of it. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String name) {
      super(name);
    }
  }

  /**
   * @param warehouse where databases put their tables
   */
  FakeGlue(String warehouse) throws IOException {
    this.warehouse = warehouse;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What has been asked for, as a role names it. */
  SortedSet<String> actions() {
    return new TreeSet<>(actions);
  }

  /** The newest metadata of a table, {@code database.table}. */
  String metadata(String table) {
    return tables.get(table).get("Parameters").get("metadata_location").asText();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange call) throws IOException {
    String action = call.getRequestHeaders().getFirst("X-Amz-Target").substring(TARGET.length());
    actions.add("glue:" + action);
    JsonNode request = JSON.readTree(call.getRequestBody());
    ObjectNode answer;
    int status = 200;
    try {
      answer = answer(action, request);
    } catch (Refused e) {
      status = 400;
      answer = JSON.createObjectNode().put("__type", e.getMessage()).put("Message", "refused");
    }
    byte[] body = answer.toString().getBytes(UTF_8);
    call.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    call.sendResponseHeaders(status, body.length);
    try (var out = call.getResponseBody()) {
      out.write(body);
    }
  }

  private synchronized ObjectNode answer(String action, JsonNode request) throws Refused {
    ObjectNode answer = JSON.createObjectNode();
    switch (action) {
      case "GetDatabase" -> {
        String name = request.get("Name").asText();
        answer.putObject("Database").put("Name", name).put("LocationUri", warehouse + "/" + name);
      }
      case "GetTable" -> answer.set("Table", known(request, request.get("Name").asText()));
      case "CreateTable" -> {
        if (tables.putIfAbsent(key(request), table(request, 0)) != null) {
          throw new Refused("AlreadyExistsException");
        }
      }
      case "UpdateTable" -> {
        int version =
            known(request, request.get("TableInput").get("Name").asText()).get("VersionId").asInt();
        if (request.get("VersionId").asInt(-1) != version) {
          throw new Refused("ConcurrentModificationException");
        }
        tables.put(key(request), table(request, version + 1));
      }
      default -> throw new Refused("AccessDeniedException");
    }
    return answer;
  }

  private ObjectNode known(JsonNode request, String name) throws Refused {
    ObjectNode table = tables.get(request.get("DatabaseName").asText() + "." + name);
    if (table == null) {
      throw new Refused("EntityNotFoundException");
    }
    return table;
  }

  private static String key(JsonNode request) {
    return request.get("DatabaseName").asText()
        + "."
        + request.get("TableInput").get("Name").asText();
  }

  private static ObjectNode table(JsonNode request, int version) {
    ObjectNode table = request.get("TableInput").deepCopy();
    table.put("DatabaseName", request.get("DatabaseName").asText());
    table.put("VersionId", Integer.toString(version));
    return table;
  }
}
