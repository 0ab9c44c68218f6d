/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that replace the ones with their keys. */
class UpsertSinkTest {
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Row", "fields": [
        {"name": "id", "type": ["null", "string"]},
        {"name": "n", "type": ["null", "int"]},
        {"name": "name", "type": ["null", "string"]}]}
      """;
  private static final String YAML =
      """
      version: 1
      name: shop
      sources:
        rows:
          kafka: { topic: changes }
          format: { type: json, schema: row.avsc }
      sinks:
        %1$s_ordered: { from: rows, mode: upsert, key: [id], order_by: [n] }
        %1$s_plain: { from: rows, mode: upsert, key: [id], partition_by: ["bucket(4, id)"] }
      quarantine: { table: %1$s_bad }
      """;

  private final String tables = LocalSpark.freshTable();
  private ChangePipeline pipeline;

  @BeforeEach
  void startPipeline(@TempDir Path folder) throws IOException {
    pipeline = new ChangePipeline(folder, SCHEMA, YAML.formatted(tables), false);
  }

  @Test
  void keepsTheNewestRowOfEachKey() {
    // given
    send(0, "a", 1, "first");
    send(0, "a", 3, "newest");
    send(0, "a", 2, "last");
    send(0, "it's \\\\", 1, "quoted");
    send(0, "b", null, "null is the oldest");

    // when
    pipeline.runBatch();

    // then
    assertThat(content("ordered"))
        .containsExactly("[a,3,newest]", "[b,null,null is the oldest]", "[it's \\,1,quoted]");
    assertThat(content("plain"))
        .containsExactly("[a,2,last]", "[b,null,null is the oldest]", "[it's \\,1,quoted]");
    assertThat(pipeline.ledger(tables + "_ordered")).isEqualTo(new Ledger(5, 5, 3, 0, 0, 2, 0, 0));

    // when
    send(0, "a", 2, "older than the table's");
    send(0, "b", 0, "newer");
    send(0, "it's \\\\", 1, "as new, and later in Kafka");
    send(0, "c", 1, "new");
    pipeline.runBatch();

    // then
    assertThat(content("ordered"))
        .containsExactly(
            "[a,3,newest]", "[b,0,newer]", "[c,1,new]", "[it's \\,1,as new, and later in Kafka]");
    assertThat(pipeline.ledger(tables + "_ordered")).isEqualTo(new Ledger(4, 4, 1, 2, 0, 1, 0, 0));
    assertThat(pipeline.ledger(tables + "_plain")).isEqualTo(new Ledger(4, 4, 1, 3, 0, 0, 0, 0));
  }

  @Test
  void takesTheYoungerRecordWhereAKeyHasMovedToAnotherPartition() {
    // given
    send(1, "a", 1, "before");
    pipeline.runBatch();

    // when
    send(0, "a", 1, "after");
    pipeline.runBatch();

    // then
    assertThat(content("plain")).containsExactly("[a,1,after]");
    assertThat(content("ordered")).containsExactly("[a,1,after]");
  }

  @Test
  void refusesARowWithoutAKey() {
    // given
    send(0, null, 1, "x");

    // when
    pipeline.runBatch();

    // then
    assertThat(content("plain")).isEmpty();
    assertThat(pipeline.ledger(tables + "_plain")).isEqualTo(new Ledger(1, 1, 0, 0, 0, 0, 1, 0));
    assertThat(pipeline.content(tables + "_bad", "stage", "reason", "detail"))
        .containsExactly("[sink,null_key,op 'u': a column of the key [id] is null]");
  }

  @Test
  void changesNothingWhenABatchRunsAgain() {
    // given
    send(0, "a", 1, "x");
    pipeline.runBatch();
    send(0, "a", 2, "y");
    pipeline.runBatch();

    // when
    pipeline.restart();
    pipeline.runAgain();

    // then
    assertThat(content("plain")).containsExactly("[a,2,y]");
    assertThat(pipeline.ledger(tables + "_plain")).isEqualTo(new Ledger(1, 1, 0, 1, 0, 0, 0, 0));
  }

  private void send(int partition, String id, Integer n, String name) {
    pipeline.send(
        partition,
        id,
        "{\"id\": %s, \"n\": %s, \"name\": \"%s\"}"
            .formatted(id == null ? "null" : '"' + id + '"', n, name));
  }

  private List<String> content(String table) {
    return pipeline.content(tables + "_" + table, "id", "n", "name");
  }
}
