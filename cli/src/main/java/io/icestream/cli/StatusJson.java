/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.localstack.ServerStatus;
import io.icestream.localstack.StackStatus;
import java.util.Locale;

/**
 * The stack's status for programs: {@code home} and {@code servers}, each with {@code name}, {@code
 * state}, {@code pid}, {@code address}, {@code uptime_seconds} and {@code log}. What a server does
 * not have is null.
 */
final class StatusJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private StatusJson() {}

  /** The status as indented JSON, without a line break at the end. */
  static String of(StackStatus stack) {
    ObjectNode root = NODES.objectNode();
    root.put("home", stack.home().toString());
    stack.servers().forEach(server -> root.withArray("servers").add(node(server)));
    return root.toPrettyString();
  }

  private static ObjectNode node(ServerStatus server) {
    ObjectNode node = NODES.objectNode();
    node.put("name", server.name());
    node.put("state", server.state().name().toLowerCase(Locale.ROOT));
    node.put("pid", server.pid().isPresent() ? (Long) server.pid().getAsLong() : null);
    node.put("address", server.address().orElse(null));
    node.put("uptime_seconds", server.uptime().map(uptime -> uptime.toSeconds()).orElse(null));
    node.put("log", server.log().toString());
    return node;
  }
}
