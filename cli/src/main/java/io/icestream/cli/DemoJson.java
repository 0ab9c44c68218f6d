/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.cli.demo.DemoQuery;
import io.icestream.cli.demo.DemoResult;
import io.icestream.cli.demo.PipelineAccount;
import io.icestream.cli.demo.TableState;

/**
 * A demo's result for programs: {@code balanced}, {@code pipelines} (the account of each), {@code
 * tables}, {@code queries}, {@code home} and {@code elapsed_seconds}.
 */
final class DemoJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DemoJson() {}

  /** The result as indented JSON, without a line break at the end. */
  static String of(DemoResult result) {
    ObjectNode root = JSON.createObjectNode();
    root.put("balanced", result.balanced());
    result.accounts().forEach(account -> root.withArray("pipelines").add(account(account)));
    result.tables().forEach(table -> root.withArray("tables").add(table(table)));
    result.queries().forEach(query -> root.withArray("queries").add(query(query)));
    root.put("home", result.home().toString());
    root.put("elapsed_seconds", result.elapsed().toSeconds());
    return root.toPrettyString();
  }

  private static ObjectNode account(PipelineAccount account) {
    ObjectNode node = JSON.createObjectNode();
    node.put("pipeline", account.pipeline().name());
    node.put("topic", account.pipeline().topic());
    node.put("produced", account.produced());
    node.put("read", account.read());
    node.set("written", JSON.valueToTree(account.written()));
    node.put("aggregated", account.aggregated());
    node.put("quarantined", account.quarantined());
    node.put("late", account.late());
    node.put("lost", account.lost());
    node.put("duplicated", account.duplicated());
    node.put("altered", account.altered());
    node.put("balanced", account.balanced());
    node.set("outcomes", JSON.valueToTree(account.outcomes()));
    return node;
  }

  private static ObjectNode table(TableState table) {
    ObjectNode node = JSON.createObjectNode();
    node.put("table", table.table());
    node.put("rows", table.rows());
    node.put("files", table.files());
    node.put("bytes", table.bytes());
    node.put("last_snapshot", table.snapshot().orElse(null));
    node.put("committed_at", table.committedAt().orElse(null));
    return node;
  }

  private static ObjectNode query(DemoQuery query) {
    ObjectNode node = JSON.createObjectNode();
    node.put("title", query.title());
    node.put("sql", query.sql());
    for (String row : query.rows().toJSON().collectAsList()) {
      try {
        node.withArray("rows").add(JSON.readTree(row));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    return node;
  }
}
