/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.Ledger;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** A pipeline with a table for its late rows. */
class LateSinkTest {
  private static final String YAML =
      """
      version: 1
      name: iot
      sources:
        readings:
          kafka: { topic: iot }
          format: { type: json, schema: reading.avsc }
          event_time: t
          watermark: 1m
      steps:
        positive:
          sql: SELECT * FROM readings WHERE value > 0
      sinks:
        %1$s_rows: { from: positive, mode: append }
        %1$s_late: { from: readings, rows: late, mode: append, partition_by: [days(t)] }
      quarantine: { table: %1$s_bad }
      """;

  private final SparkSession spark = LocalSpark.session();
  private final String tables = LocalSpark.freshTable();
  private final LivePipeline pipeline = new LivePipeline(YAML.formatted(tables));

  @Test
  void takesLateRowsWithTheirValuesInsteadOfTheQuarantine() {
    // given
    pipeline.reading("a", 0, "5");
    pipeline.reading("a", 300, "-6");
    pipeline.reading("a", 301, "6");
    pipeline.reading("b", 1, "7");
    pipeline.reading("b", 2, "-8");
    pipeline.record("not json");

    // when
    pipeline.drain();

    // then
    assertThat(content("rows", "device", "value", "kafka_offset"))
        .containsExactly("[a,5,0]", "[a,6,2]");
    assertThat(content("late", "device", "value", "kafka_offset"))
        .as("as the source has them, before any step")
        .containsExactly("[b,-8,4]", "[b,7,3]");
    assertThat(content("bad", "offset", "reason")).containsExactly("[5,malformed_json]");
  }

  @Test
  void accountsForEveryRowInEachTable() {
    // given
    pipeline.reading("a", 0, "5");
    pipeline.reading("a", 300, "-6");
    pipeline.reading("b", 1, "7");
    pipeline.record("not json");

    // when
    pipeline.drain();

    // then: offsets, read, written, updated, filtered, deduplicated, quarantined, late
    assertThat(ledger("rows")).isEqualTo(new Ledger(4, 4, 1, 0, 1, 0, 1, 1));
    assertThat(ledger("late")).isEqualTo(new Ledger(4, 4, 1, 0, 2, 0, 1, 0));
    assertThat(ledger("bad")).isEqualTo(new Ledger(4, 1, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void remembersTheNewestTimeWhereNoRowIsLate() {
    // given
    pipeline.reading("a", 300, "1");
    pipeline.drain();
    pipeline.reading("a", 0, "2");

    // when
    pipeline.drain();

    // then
    assertThat(content("late", "value")).containsExactly("[2]");
    assertThat(spark.table(tables + "_bad").count()).isZero();
  }

  private Ledger ledger(String table) {
    return BatchCommits.newestMarker(spark, "iot", tables + "_" + table).orElseThrow().ledger();
  }

  private List<String> content(String table, String... columns) {
    return LocalSpark.sorted(spark.table(tables + "_" + table).selectExpr(columns));
  }
}
