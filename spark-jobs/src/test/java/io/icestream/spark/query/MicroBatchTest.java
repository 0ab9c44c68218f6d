/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.icestream.model.PipelineDefinition;
import io.icestream.model.Problem;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.commit.SinkEnd;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.recovery.CheckpointState;
import io.icestream.spark.recovery.RecoveryPlan;
import io.icestream.spark.recovery.Situation;
import io.icestream.spark.recovery.Slice;
import io.icestream.spark.source.KafkaTopic;
import io.icestream.spark.source.RawRecord;
import io.icestream.spark.source.RawRecords;
import io.icestream.spark.source.TopicBounds;
import io.icestream.spark.table.TableProvisioning;
import io.icestream.spark.transform.Lookups;
import io.icestream.spark.transform.StepGraph;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole pipeline over batches of records that are made up here instead of read from Kafka. */
class MicroBatchTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final KafkaTopic TOPIC = new KafkaTopic("iot", "topic-id", 1);
  private static final StructType READING =
      new StructType()
          .add("device", DataTypes.StringType, false)
          .add("t", DataTypes.TimestampType, false)
          .add("value", DataTypes.IntegerType);
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
      lookups:
        devices: { table: %1$s_devices, refresh: 0s }
      steps:
        enriched:
          sql: |
            SELECT r.*, d.site FROM readings r LEFT JOIN devices d USING (device)
            WHERE value IS NULL OR value <> 13
          expect:
            not_negative: { check: value >= 0, else: quarantine }
            not_zero: { check: value <> 0, else: drop }
            below_a_million: { check: value < 1000000, else: fail }
            has_value: { check: value IS NOT NULL, else: warn }
          expect_batch:
            two_rows: { measure: row_count, at_least: 2, else: warn }
            has_values: { measure: null_share, column: value, at_most: 0.5, else: fail }
            is_fresh: { measure: freshness, column: t, at_most: 10m, else: fail }
        per_device:
          sql: |
            SELECT device, window(t, '1 minute').start AS minute, count(*) AS n, sum(value) AS total
            FROM enriched WHERE value IS NOT NULL
            GROUP BY device, window(t, '1 minute')
      sinks:
        %1$s_rows: { from: enriched, mode: append, partition_by: [days(t)] }
        %1$s_stats: { from: per_device, mode: upsert, key: [device, minute], partition_by: [days(minute)] }
      quarantine: { table: %1$s_bad }
      """;

  private final SparkSession spark = LocalSpark.session();
  private final String tables = LocalSpark.freshTable();
  private final List<String> payloads = new ArrayList<>();
  private QueryPlan plan;
  private MicroBatch batch;

  @BeforeEach
  void startPipeline() {
    spark.sql("CREATE TABLE " + tables + "_devices (device STRING, site STRING) USING iceberg");
    spark.sql("INSERT INTO " + tables + "_devices VALUES ('a', 'north')");
    spark.table(tables + "_devices").createOrReplaceTempView("devices");
    PipelineDefinition definition = PipelineParser.parse(Path.of("p.yaml"), YAML.formatted(tables));
    plan =
        QueryPlan.of(
            definition,
            READING,
            new Environment(Map.of(), "lake", Map.of(), "/c", Map.of()),
            new Pace(Pace.DEFAULT_TRIGGER, true, 100));
    List<Problem> problems = new ArrayList<>();
    StepGraph graph = StepGraph.check(spark, plan, problems);
    assertThat(problems).isEmpty();
    provideTables(graph);
    batch = new MicroBatch(plan, graph, new Lookups(plan.lookups()), "1.0");
  }

  @Test
  void accountsForEveryRow() {
    // given
    reading("a", 0, "5");
    reading("a", 10, "7");
    reading("b", 20, "null");
    reading("b", 30, "13");
    reading("b", 40, "-1");
    reading("b", 50, "0");
    reading("b", 200, "1");
    reading("b", 60, "1");
    payloads.add("not json");

    // when
    run(0, 9);

    // then
    assertThat(content("rows", "device", "value", "site", "kafka_offset"))
        .containsExactly("[a,5,north,0]", "[a,7,north,1]", "[b,1,null,6]", "[b,null,null,2]");
    assertThat(content("stats", "device", "n", "total")).containsExactly("[a,2,12]", "[b,1,1]");
    assertThat(content("bad", "offset", "stage", "reason", "cast(payload AS string)"))
        .containsExactly(
            "[4,expect,not_negative," + payloads.get(4) + "]",
            "[7,late,late," + payloads.get(7) + "]",
            "[8,decode,malformed_json,not json]");
    assertThat(marker("rows").ledger()).isEqualTo(new Ledger(9, 9, 4, 0, 2, 0, 2, 1));
    assertThat(marker("stats").ledger()).isEqualTo(new Ledger(9, 9, 0, 3, 3, 0, 2, 1));
    assertThat(marker("bad").ledger()).isEqualTo(new Ledger(9, 3, 3, 0, 0, 0, 0, 0));
  }

  @Test
  void countsTheRowsOfEachExpectationThatIsNotMet() {
    // given
    reading("b", 0, "-1");
    reading("b", 1, "-2");
    reading("b", 2, "0");
    reading("b", 3, "null");
    reading("b", 4, "5");
    reading("b", 5, "6");
    reading("a", 6, "7");

    // when
    run(0, 6);

    // then
    assertThat(marker("rows").unmet())
        .containsOnly(
            Map.entry("enriched.not_negative", 2L),
            Map.entry("enriched.not_zero", 1L),
            Map.entry("enriched.has_value", 1L));
    assertThat(marker("stats").unmet())
        .as("those on the way of the rows that it groups")
        .isEqualTo(marker("rows").unmet());
    assertThat(marker("bad").unmet()).containsOnly(Map.entry("enriched.not_negative", 2L));

    // when
    run(6, 7);

    // then
    assertThat(marker("rows").unmet()).containsOnly(Map.entry("enriched.two_rows", 1L));
  }

  @Test
  void mergesGroupsAcrossBatches() {
    // given
    reading("a", 0, "5");
    reading("b", 0, "1");
    reading("a", 10, "7");
    reading("a", 61, "100");

    // when
    run(0, 2);
    run(2, 4);

    // then
    assertThat(content("stats", "device", "minute", "n", "total"))
        .containsExactly(
            "[a,2026-01-31 12:00:00.0,2,12]",
            "[a,2026-01-31 12:01:00.0,1,100]",
            "[b,2026-01-31 12:00:00.0,1,1]");
  }

  @Test
  void changesNothingWhenABatchRunsAgain() {
    // given
    reading("a", 0, "5");
    reading("a", 200, "6");
    reading("a", 0, "7");
    payloads.add("x");
    run(0, 2);
    run(2, 4);
    var before = everything();

    // when
    run(2, 4);

    // then
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void completesABatchThatEndedBetweenTwoSinks() {
    // given
    reading("a", 0, "5");
    reading("a", 120, "6");
    reading("a", 0, "7");
    reading("a", 119, "8");
    run(0, 2);
    run(2, 4);
    var expected = everything();
    keepOnlyTheFirstBatchOf("stats");
    spark.sql("INSERT INTO " + tables + "_devices VALUES ('b', 'south')");

    // when
    run(2, 4);

    // then
    assertThat(everything()).isEqualTo(expected);
    assertThat(marker("stats").lookups()).isEqualTo(marker("rows").lookups());
    assertThat(marker("stats").timesBefore()).isEqualTo(marker("rows").timesBefore());
  }

  @Test
  void bringsASinkThatIsSeveralBatchesBehindToTheOthers() {
    // given
    reading("a", 0, "5");
    reading("a", 120, "6");
    reading("a", 0, "7");
    reading("a", 119, "-8");
    reading("b", 58, "9");
    reading("b", 130, "10");
    run(0, 2);
    run(2, 4);
    run(4, 6);
    var expected = everything();
    var last = marker("stats");
    keepOnlyTheFirstBatchOf("stats");
    spark.sql("INSERT INTO " + tables + "_devices VALUES ('b', 'south')");
    var present =
        new Situation(
            new TopicBounds(
                "iot", TOPIC.id(), new TreeMap<>(Map.of(0, 0L)), new TreeMap<>(Map.of(0, 6L))),
            new CheckpointState.Absent(),
            List.of(
                SinkEnd.read(spark, "iot", tables + "_rows", Chain.GAPLESS),
                SinkEnd.read(spark, "iot", tables + "_stats", Chain.GAPLESS),
                SinkEnd.read(spark, "iot", tables + "_bad", Chain.SPARSE)));

    // when
    var slices = RecoveryPlan.of(present, 100).slices();
    for (var slice : slices) {
      var from = slice.range().from().partitions().get(0).intValue();
      var to = slice.range().to().partitions().get(0).intValue();
      batch.runAgain(records(from, to), slice.range(), slice.tables());
    }

    // then
    assertThat(slices)
        .extracting(slice -> slice.range().to(), Slice::due)
        .containsExactly(
            tuple(at(4), List.of(tables + "_stats")), tuple(at(6), List.of(tables + "_stats")));
    assertThat(everything()).isEqualTo(expected);
    assertThat(marker("stats").timesBefore()).isEqualTo(last.timesBefore());
    assertThat(marker("stats").lookups()).isEqualTo(last.lookups());
    assertThat(marker("stats").ledger()).isEqualTo(last.ledger());
  }

  @Test
  void movesOnThroughABatchWithoutGoodRows() {
    // given
    payloads.add("x");
    payloads.add("y");

    // when
    run(0, 2);

    // then
    assertThat(content("rows", "*")).isEmpty();
    assertThat(content("stats", "*")).isEmpty();
    assertThat(content("bad", "offset")).containsExactly("[0]", "[1]");
    assertThat(marker("rows").to()).isEqualTo(at(2));
    assertThat(marker("stats").to()).isEqualTo(at(2));
  }

  @Test
  void commitsNothingWhereAnExpectationFailsThePipeline() {
    // given
    reading("a", 0, "5");
    reading("a", 1, "1000001");
    payloads.add("x");

    // when, then
    assertThatThrownBy(() -> run(0, 3))
        .isInstanceOf(PipelineFailure.class)
        .hasMessageContaining("does not meet below_a_million (1 rows)");
    assertThat(everything()).allMatch(content -> content.equals("[]"));
  }

  @Test
  void commitsNothingWhereAMeasureOfTheBatchFailsThePipeline() {
    // given
    reading("a", 0, "5");
    reading("a", 1, "null");
    reading("a", 2, "null");
    payloads.add("x");

    // when, then
    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThatThrownBy(() -> run(0, 4))
          .as("each time that the batch is run")
          .isInstanceOf(PipelineFailure.class)
          .hasMessageContaining("Step 'enriched' does not meet has_values (null_share of 'value'");
      assertThat(everything()).allMatch(content -> content.equals("[]"));
    }
  }

  @Test
  void measuresFreshnessByTheTimeOfTheBatch() {
    // given
    reading("a", -601, "5");
    reading("a", -600, "6");

    // when, then
    assertThatThrownBy(() -> run(0, 1))
        .isInstanceOf(PipelineFailure.class)
        .hasMessageContaining("is_fresh (freshness of 't' is 601 seconds; at_most is 600)");
    run(0, 2);
    assertThat(content("rows", "value")).containsExactly("[5]", "[6]");
  }

  @Test
  void takesAHalfReadBatchForWhatItIs() {
    // given
    reading("a", 0, "5");

    // when
    batch.run(records(0, 1), new BatchRange(1, at(0), at(10), NOON, true));

    // then
    assertThat(marker("rows").ledger())
        .as("offsets without records, as transactions leave them")
        .isEqualTo(new Ledger(10, 1, 1, 0, 0, 0, 0, 0));
  }

  private void provideTables(StepGraph graph) {
    SinkTables.of(plan, graph).forEach(new TableProvisioning(spark)::provide);
  }

  private void reading(String device, int second, String value) {
    payloads.add(
        "{\"device\": \"%s\", \"t\": \"%s\", \"value\": %s}"
            .formatted(device, NOON.plusSeconds(second), value));
  }

  private void run(int from, int to) {
    batch.run(records(from, to), new BatchRange(from, at(from), at(to), NOON, from == 0));
  }

  private RawRecords records(int from, int to) {
    List<Row> rows = new ArrayList<>();
    for (int offset = from; offset < to; offset++) {
      rows.add(
          RowFactory.create(
              null,
              payloads.get(offset).getBytes(UTF_8),
              "iot",
              0,
              (long) offset,
              Timestamp.from(NOON.plusSeconds(3_600)),
              0,
              null));
    }
    return RawRecords.of(LocalSpark.rows(RawRecord.COLUMNS, rows).coalesce(1));
  }

  private List<String> everything() {
    return List.of(
        content("rows", "*").toString(),
        content("stats", "*").toString(),
        content("bad", "offset", "stage", "reason").toString());
  }

  private List<String> content(String table, String... columns) {
    return LocalSpark.sorted(spark.table(tables + "_" + table).selectExpr(columns));
  }

  private Marker marker(String table) {
    return BatchCommits.newestMarker(spark, "iot", tables + "_" + table).orElseThrow();
  }

  /** As if the later batches had never been there. */
  private void keepOnlyTheFirstBatchOf(String table) {
    String name = tables + "_" + table;
    spark.sql(
        "CALL lake.system.rollback_to_snapshot('" + name + "', " + firstSnapshot(table) + ")");
    spark.sql("ALTER TABLE " + name + " UNSET TBLPROPERTIES ('icestream.iot." + name + ".marker')");
  }

  private long firstSnapshot(String table) {
    return spark
        .sql(
            "SELECT snapshot_id FROM " + tables + "_" + table + ".history ORDER BY made_current_at")
        .head()
        .getLong(0);
  }

  private static TopicOffsets at(long offset) {
    return new TopicOffsets(TOPIC.id(), new TreeMap<>(Map.of(0, offset)));
  }
}
