/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.cli.live.RunningProcess;
import io.icestream.localstack.ServerStatus;
import io.icestream.localstack.StackStatus;
import io.icestream.model.metric.Metric;
import java.util.List;
import java.util.Locale;

/**
 * The stack's status for programs: {@code home} and {@code servers}, each with {@code name}, {@code
 * state}, {@code pid}, {@code address}, {@code uptime_seconds} and {@code log}. What a server does
 * not have is null. And {@code pipelines}, those that have said where their metrics are, each with
 * {@code name}, {@code state}, {@code metrics}, {@code lag_records}, {@code lag_seconds}, {@code
 * rows_read} and {@code rows_quarantined}; of a dead one the numbers are null.
 */
final class StatusJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private StatusJson() {}

  /** The status as indented JSON, without a line break at the end. */
  static String of(StackStatus stack, List<RunningProcess> processes) {
    ObjectNode root = NODES.objectNode();
    root.put("home", stack.home().toString());
    stack.servers().forEach(server -> root.withArray("servers").add(node(server)));
    ArrayNode pipelines = root.putArray("pipelines");
    processes.forEach(process -> pipelines.add(node(process)));
    return root.toPrettyString();
  }

  private static ObjectNode node(RunningProcess process) {
    ObjectNode node = NODES.objectNode();
    node.put("name", process.name());
    node.put("state", process.isAlive() ? "running" : "dead");
    node.put("metrics", "http://" + process.address() + "/metrics");
    boolean tells = process.isAlive();
    node.put("lag_records", tells ? (Long) (long) process.sum(Metric.LAG_RECORDS) : null);
    node.put("lag_seconds", tells ? (Double) process.sum(Metric.LAG_SECONDS) : null);
    node.put("rows_read", tells ? (Long) (long) process.sum(Metric.ROWS_READ) : null);
    node.put("rows_quarantined", tells ? (Long) (long) process.sum(Metric.ROWS_QUARANTINED) : null);
    return node;
  }

  private static ObjectNode node(ServerStatus server) {
    ObjectNode node = NODES.objectNode();
    node.put("name", server.name());
    node.put("state", server.state().name().toLowerCase(Locale.ROOT));
    node.put("pid", server.pid().isPresent() ? (Long) server.pid().getAsLong() : null);
    node.put("address", server.address().orElse(null));
    node.put("uptime_seconds", server.uptime().map(uptime -> uptime.toSeconds()).orElse(null));
    node.put("log", server.log());
    return node;
  }
}
