/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that are plain rows with a column that says what happened. */
class ChangeRowsTest {
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Row", "fields": [
        {"name": "id", "type": "int"},
        {"name": "what", "type": ["null", "string"]},
        {"name": "seq", "type": "long"},
        {"name": "name", "type": ["null", "string"]},
        {"name": "photo", "type": ["null", "bytes"]}]}
      """;
  private static final String YAML =
      """
      version: 1
      name: shop
      sources:
        rows:
          kafka: { topic: changes }
          format: { type: json, schema: row.avsc }
      steps:
        loud:
          sql: SELECT id, what, seq, upper(name) AS name, photo FROM rows
      sinks:
        %1$s: { from: loud, mode: cdc, key: [id], op: what, order_by: [seq] }
      quarantine: { table: %1$s_bad }
      """;
  private static final String PHOTO = "AQI=";
  private static final String UNAVAILABLE =
      Base64.getEncoder().encodeToString(Debezium.UNAVAILABLE.getBytes(UTF_8));

  private final String table = LocalSpark.freshTable();
  private ChangePipeline pipeline;

  @BeforeEach
  void startPipeline(@TempDir Path folder) throws IOException {
    pipeline = new ChangePipeline(folder, SCHEMA, YAML.formatted(table), false);
  }

  @Test
  void followsTheOrderOfTheirColumnAndKeepsBytesThatAreNotTold() {
    // given
    send(1, "c", 1, "a", PHOTO);
    send(2, "c", 2, "b", UNAVAILABLE);
    send(3, "c", 3, "gone", PHOTO);
    pipeline.runBatch();

    // when
    send(1, "u", 6, "newest", UNAVAILABLE);
    send(1, "u", 5, "older", UNAVAILABLE);
    send(3, "d", 9, null, null);
    send(3, "u", 8, "late", null);
    send(4, "x", 10, null, null);
    pipeline.runBatch();

    // then
    assertThat(pipeline.content(table, "id", "name", "hex(photo) AS photo"))
        .containsExactly("[1,NEWEST,0102]", "[2,B,null]");
    assertThat(pipeline.ledger(table)).isEqualTo(new Ledger(5, 5, 0, 2, 0, 2, 1, 0));
    assertThat(pipeline.content(table + "_bad", "reason", "offset"))
        .containsExactly("[unsupported_operation,7]");
    assertThat(List.of(LocalSpark.session().table(table).columns())).doesNotContain("what");
  }

  private void send(int id, String what, long seq, String name, String photo) {
    pipeline.send(
        0,
        null,
        "{\"id\": %d, \"what\": \"%s\", \"seq\": %d, \"name\": %s, \"photo\": %s}"
            .formatted(id, what, seq, text(name), text(photo)));
  }

  private static String text(String value) {
    return value == null ? "null" : '"' + value + '"';
  }
}
