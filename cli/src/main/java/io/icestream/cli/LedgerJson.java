/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.spark.audit.ChainAudit;
import io.icestream.spark.audit.SinkAudit;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.commit.MarkerLog.Entry;
import java.util.List;

/**
 * Ledgers for programs: {@code pipeline}, {@code complete} and {@code sinks}, each with its {@code
 * tables}. A table has {@code complete}, {@code expired}, {@code problems} and {@code batches} with
 * their markers.
 */
final class LedgerJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private LedgerJson() {}

  /** The ledgers as indented JSON, without a line break at the end. */
  static String of(String pipeline, List<SinkAudit> audits) {
    ObjectNode root = JSON.createObjectNode();
    root.put("pipeline", pipeline);
    root.put("complete", audits.stream().allMatch(SinkAudit::isSound));
    ArrayNode sinks = root.putArray("sinks");
    for (SinkAudit audit : audits) {
      ObjectNode sink = sinks.addObject().put("sink", audit.sink());
      ArrayNode tables = sink.putArray("tables");
      audit.tables().forEach(table -> tables.add(node(table)));
    }
    return root.toPrettyString();
  }

  private static ObjectNode node(ChainAudit table) {
    ObjectNode node = JSON.createObjectNode();
    node.put("table", table.table());
    node.put("complete", table.isSound());
    node.put("expired", table.expired());
    ArrayNode problems = node.putArray("problems");
    table.problems().forEach(problems::add);
    ArrayNode batches = node.putArray("batches");
    table.entries().forEach(entry -> batches.add(node(entry)));
    return node;
  }

  private static ObjectNode node(Entry entry) {
    Marker marker = entry.marker();
    ObjectNode node = JSON.createObjectNode();
    node.put("batch", marker.batch());
    node.put("snapshot", Long.toString(entry.snapshot()));
    node.put("committed_at", entry.time().toString());
    node.put("version", marker.version());
    node.set("from", JSON.valueToTree(marker.from()));
    node.set("to", JSON.valueToTree(marker.to()));
    node.set("ledger", JSON.valueToTree(marker.ledger()));
    node.set("expectations", JSON.valueToTree(marker.unmet()));
    node.set("origin", JSON.valueToTree(marker.origin()));
    node.put("gap", marker.gap());
    return node;
  }
}
