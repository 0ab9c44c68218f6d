/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static io.icestream.spark.query.Debezium.UNAVAILABLE;
import static io.icestream.spark.query.Debezium.change;
import static io.icestream.spark.query.Debezium.key;
import static io.icestream.spark.query.Debezium.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of a database, in tables without and with marks and history. */
class CdcSinkTest {
  private static final String YAML =
      """
      version: 1
      name: shop
      sources:
        changes:
          kafka: { topic: changes }
          format: { type: debezium, schema: row.avsc }
      sinks:
        %1$s_hard: { from: changes, mode: cdc, key: [id] }
        %1$s_soft: { from: changes, mode: cdc, key: [id], deletes: soft }
        %1$s_history: { from: changes, mode: cdc, key: [id], history: scd2 }
      quarantine: { table: %1$s_bad }
      """;
  private static final String[] VERSION = {
    "id",
    "name",
    "note",
    "unix_millis(_valid_from) AS f",
    "unix_millis(_valid_to) AS t",
    "_is_current"
  };

  private static final List<String> DELETIONS =
      List.of("_hard_deletions", "_soft_deletions", "_history_deletions");

  private String tables = LocalSpark.freshTable();
  private ChangePipeline pipeline;

  @BeforeEach
  void startPipeline(@TempDir Path folder) throws IOException {
    pipeline = new ChangePipeline(folder, Debezium.SCHEMA, YAML.formatted(tables), false);
  }

  @Test
  void followsTheLifeOfARow() {
    // when
    insert(1, 10, "a");
    send(1, change("u", 20, key(1), row(1, "b", "x")));
    insert(2, 30, "other");
    pipeline.runBatch();
    send(1, change("d", 40, key(1), "null"));
    send(1, null);
    pipeline.runBatch();
    insert(1, 50, "c");
    pipeline.runBatch();

    // then
    assertThat(hard()).containsExactly("[1,c,null]", "[2,other,null]");
    assertThat(soft()).containsExactly("[1,c,null,false]", "[2,other,null,false]");
    assertThat(history())
        .containsExactly(
            "[1,a,null,10,20,false]",
            "[1,b,x,20,40,false]",
            "[1,c,null,50,null,true]",
            "[2,other,null,30,null,true]");
  }

  @Test
  void keepsAMarkedRowAsItWas() {
    // given
    insert(1, 10, "a");
    send(1, change("d", 20, key(1), "null"));

    // when
    pipeline.runBatch();

    // then
    assertThat(hard()).isEmpty();
    assertThat(soft()).containsExactly("[1,a,null,true]");
    assertThat(history()).containsExactly("[1,a,null,10,20,false]");
  }

  @Test
  void accountsForEveryChange() {
    // given
    insert(1, 10, "a");
    send(1, change("u", 20, key(1), row(1, "b", null)));
    insert(2, 30, "x");
    send(3, change("d", 40, "null", "null"));
    send(null, change("d", 41, "null", "null"));
    send(null, change("t", 42, "null", "null"));
    pipeline.runBatch();

    // then
    assertThat(pipeline.ledger(tables + "_hard")).isEqualTo(new Ledger(6, 6, 2, 0, 0, 2, 2, 0));
    assertThat(pipeline.ledger(tables + "_soft")).isEqualTo(new Ledger(6, 6, 3, 0, 0, 1, 2, 0));
    assertThat(pipeline.ledger(tables + "_history")).isEqualTo(new Ledger(6, 6, 3, 0, 0, 1, 2, 0));
    String sinks = "WrappedArray(%1$s_hard, %1$s_soft, %1$s_history)".formatted(tables);
    assertThat(pipeline.content(tables + "_bad", "stage", "reason", "offset", "sinks"))
        .containsExactly("[sink,null_key,4," + sinks + "]", "[sink,truncate,5," + sinks + "]");

    // when
    send(1, change("d", 50, key(1), "null"));
    send(2, change("u", 51, key(2), row(2, "y", null)));
    pipeline.runBatch();

    // then
    assertThat(pipeline.ledger(tables + "_hard")).isEqualTo(new Ledger(2, 2, 0, 2, 0, 0, 0, 0));
    assertThat(pipeline.ledger(tables + "_history")).isEqualTo(new Ledger(2, 2, 1, 1, 0, 0, 0, 0));
  }

  @Test
  void putsOlderChangesThatComeLaterIntoTheirPlace() {
    // given
    insert(1, 50, "new");
    send(2, change("d", 60, key(2), "null"));
    send(3, change("u", 70, key(3), row(3, "c", null)));
    pipeline.runBatch();

    // when
    insert(1, 10, "old");
    send(1, change("d", 20, key(1), "null"));
    insert(2, 30, "gone");
    insert(3, 40, "a");
    pipeline.runBatch();

    // then
    assertThat(hard()).containsExactly("[1,new,null]", "[3,c,null]");
    assertThat(soft())
        .containsExactly("[1,new,null,false]", "[2,gone,null,true]", "[3,c,null,false]");
    assertThat(history())
        .containsExactly(
            "[1,new,null,50,null,true]",
            "[1,old,null,10,20,false]",
            "[2,gone,null,30,60,false]",
            "[3,a,null,40,70,false]",
            "[3,c,null,70,null,true]");
  }

  @Test
  void takesRowsOfASnapshotForOlderThanAnyStreamedChange() {
    // given
    send(1, change("u", 10, key(1), row(1, "streamed", null)));
    send(1, change("r", 90, "null", row(1, "read", null)));
    send(2, change("r", 90, "null", row(2, "read", null)));

    // when
    pipeline.runBatch();

    // then
    assertThat(hard()).containsExactly("[1,streamed,null]", "[2,read,null]");
  }

  @Test
  void ordersTheFilesOfALogByTheirNumbers() {
    // given
    String later = "\"file\": \"bin.1000000\", \"pos\": 4";
    String earlier = "\"file\": \"bin.999999\", \"pos\": 900";
    send(1, change("u", later, 2, key(1), row(1, "later", null)));
    send(1, change("u", earlier, 1, key(1), row(1, "earlier", null)));

    // when
    pipeline.runBatch();

    // then
    assertThat(hard()).containsExactly("[1,later,null]");
  }

  @Test
  void keepsTheValueOfAColumnThatAChangeDoesNotTell() {
    // given
    send(1, change("c", 10, "null", row(1, "a", "long")));
    pipeline.runBatch();
    send(1, change("u", 30, key(1), row(1, "b", UNAVAILABLE)));
    send(1, change("u", 40, key(1), row(1, "c", UNAVAILABLE)));
    pipeline.runBatch();
    assertThat(hard()).containsExactly("[1,c,long]");

    // when
    send(1, change("u", 20, key(1), row(1, "x", "longer")));
    pipeline.runBatch();

    // then
    assertThat(hard()).as("as of the newest change that tells it").containsExactly("[1,c,longer]");
    assertThat(soft()).containsExactly("[1,c,longer,false]");
    assertThat(history())
        .containsExactly(
            "[1,a,long,10,20,false]",
            "[1,b,longer,30,40,false]",
            "[1,c,longer,40,null,true]",
            "[1,x,longer,20,30,false]");
  }

  @Test
  void movesARowWhoseKeyChanges() {
    // given
    insert(1, 10, "a");
    pipeline.runBatch();

    // when
    send(1, change("u", 20, row(1, "a", null), row(2, "a", null)));
    pipeline.runBatch();

    // then
    assertThat(hard()).containsExactly("[2,a,null]");
    assertThat(history()).containsExactly("[1,a,null,10,20,false]", "[2,a,null,20,null,true]");
    assertThat(pipeline.ledger(tables + "_hard")).isEqualTo(new Ledger(1, 1, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void removesARowOfWhichOnlyATombstoneIsLeft() {
    // given
    insert(1, 10, "a");
    insert(2, 11, "b");
    insert(3, 12, "c");
    pipeline.runBatch();

    // when
    pipeline.send(0, "{\"id\": 1}", null);
    pipeline.send(0, "{\"schema\": {}, \"payload\": {\"id\": 2}}", null);
    pipeline.send(0, "{\"id\": 4}", null);
    pipeline.send(0, "?", null);
    pipeline.runBatch();

    // then
    assertThat(hard()).containsExactly("[3,c,null]");
    assertThat(soft()).contains("[1,a,null,true]", "[2,b,null,true]", "[3,c,null,false]");
    assertThat(history()).hasSize(3).filteredOn(v -> v.endsWith("true]")).hasSize(1);
    assertThat(pipeline.content(tables + "_bad", "reason", "offset"))
        .containsExactly("[null_key,6]");

    // when
    insert(1, 20, "again");
    pipeline.runBatch();

    // then
    assertThat(hard()).containsExactly("[1,again,null]", "[3,c,null]");
    assertThat(history()).hasSize(4).filteredOn(v -> v.startsWith("[1,")).hasSize(2);
  }

  @Test
  void leavesTheRowAloneWhenATombstoneFollowsADeletionThatIsOlder() {
    // given
    send(1, change("d", 20, key(1), "null"));
    insert(1, 30, "again");
    send(1, change("d", 20, key(1), "null"));
    pipeline.runBatch();

    // when
    send(1, null);
    pipeline.runBatch();

    // then
    assertThat(hard()).containsExactly("[1,again,null]");
    assertThat(soft()).containsExactly("[1,again,null,false]");
    assertThat(history()).containsExactly("[1,again,null,30,null,true]");
  }

  @Test
  void makesNothingOfAChangeThatIsDeliveredTwice() {
    // given
    insert(1, 10, "a");
    insert(2, 11, "a");
    send(2, change("d", 12, key(2), "null"));
    pipeline.runBatch();
    List<String> before = everything();

    // when
    insert(1, 10, "a");
    insert(2, 11, "a");
    send(2, change("d", 12, key(2), "null"));
    pipeline.runBatch();

    // then
    assertThat(everything()).isEqualTo(before);
    assertThat(pipeline.ledger(tables + "_hard")).isEqualTo(new Ledger(3, 3, 0, 0, 0, 3, 0, 0));
  }

  @Test
  void changesNothingWhenABatchRunsAgain() {
    // given
    insert(1, 10, "a");
    pipeline.runBatch();
    send(1, change("d", 20, key(1), "null"));
    insert(2, 21, "b");
    pipeline.runBatch();
    List<String> before = everything();

    // when
    pipeline.restart();
    pipeline.runAgain();

    // then
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void completesABatchThatEndedAfterItsDeletionsWereRemembered(@TempDir Path folder)
      throws IOException {
    // given
    insert(1, 10, "a");
    send(1, change("d", 30, key(1), "null"));
    insert(1, 20, "late");
    pipeline.runBatch();
    List<String> expected = everything();
    String ended = tables;
    tables = LocalSpark.freshTable();
    startPipeline(folder);
    for (String deletions : DELETIONS) {
      LocalSpark.session()
          .sql("INSERT INTO " + tables + deletions + " SELECT * FROM " + ended + deletions);
    }

    // when
    insert(1, 10, "a");
    send(1, change("d", 30, key(1), "null"));
    insert(1, 20, "late");
    pipeline.runBatch();

    // then
    assertThat(everything()).isEqualTo(expected);
    for (String deletions : DELETIONS) {
      assertThat(LocalSpark.session().table(tables + deletions).count()).isEqualTo(1);
    }
  }

  private void insert(int id, long lsn, String name) {
    send(id, change("c", lsn, "null", row(id, name, null)));
  }

  private void send(Integer id, String value) {
    pipeline.send(0, id == null ? null : key(id), value);
  }

  private List<String> hard() {
    return pipeline.content(tables + "_hard", "id", "name", "note");
  }

  private List<String> soft() {
    return pipeline.content(tables + "_soft", "id", "name", "note", "_is_deleted");
  }

  private List<String> history() {
    return pipeline.content(tables + "_history", VERSION);
  }

  private List<String> everything() {
    return List.of(hard().toString(), soft().toString(), history().toString());
  }
}
