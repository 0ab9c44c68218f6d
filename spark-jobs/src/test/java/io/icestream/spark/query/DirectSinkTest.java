/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.model.Problem;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.source.RawRecord;
import io.icestream.spark.source.RawRecords;
import io.icestream.spark.table.TableProvisioning;
import io.icestream.spark.transform.Lookups;
import io.icestream.spark.transform.StepGraph;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sinks whose rows are written while they are decoded. */
class DirectSinkTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final StructType READING =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("t", DataTypes.TimestampType, false)
          .add("n", DataTypes.IntegerType);
  private static final String YAML =
      """
      version: 1
      name: direct
      sources:
        readings:
          kafka: { topic: direct }
          format: { type: json, schema: reading.avsc, unknown_fields: evolve, layout: lines }
          event_time: t
          watermark: 1m
      sinks:
        %1$s_days: { from: readings, mode: append, partition_by: [days(t)] }
        %1$s_all: { from: readings, mode: append, partition_by: ["bucket(4, id)"] }
      quarantine: { table: %1$s_bad }
      """;

  private final SparkSession spark = LocalSpark.session();
  private final String tables = LocalSpark.freshTable();
  private MicroBatch batch;

  @BeforeEach
  void startPipeline() {
    QueryPlan plan =
        QueryPlan.of(
            PipelineParser.parse(Path.of("p.yaml"), YAML.formatted(tables)),
            READING,
            new Environment(Map.of(), "lake", Map.of(), "/c", Map.of()),
            new Pace(Pace.DEFAULT_TRIGGER, true, 100));
    List<Problem> problems = new ArrayList<>();
    StepGraph graph = StepGraph.check(spark, plan, problems);
    assertThat(problems).isEmpty();
    SinkTables.of(plan, graph).forEach(new TableProvisioning(spark)::provide);
    batch = new MicroBatch(plan, graph, new Lookups(plan.lookups()), "1.0");
  }

  @Test
  void takeGoodRowsAndLeaveTheOthersToQuarantine() {
    // given: the second record is late, since the line before it is a day ahead
    var records =
        records(
            reading("a", 0, "1") + "\nnot json\n" + reading("b", 86_400, "2"),
            reading("c", 0, "null"),
            reading("d", 0, "\"x\""));

    // when
    batch.run(records, range(0, 3));

    // then
    assertThat(content("days", "id", "n", "t", "kafka_topic", "kafka_offset", "kafka_line"))
        .containsExactly(
            "[a,1,2026-01-31 12:00:00.0,direct,0,0]", "[b,2,2026-02-01 12:00:00.0,direct,0,2]");
    assertThat(content("all", "id", "n", "kafka_partition", "kafka_timestamp"))
        .containsExactly("[a,1,0,2026-02-10 12:00:00.0]", "[b,2,0,2026-02-10 12:00:00.0]");
    assertThat(content("bad", "offset", "line", "reason"))
        .containsExactly("[0,1,malformed_json]", "[1,0,late]", "[2,0,wrong_type]");
    assertThat(ledger("days")).isEqualTo(new Ledger(3, 5, 2, 0, 0, 0, 2, 1));
    assertThat(dataFiles("days")).hasSize(2);
  }

  @Test
  void areGivenFilesOnlyIfTheBatchIsDueThere() {
    // given: a crash after the first of the sinks
    batch.run(records(reading("a", 0, "1")), range(0, 1));
    batch.runAgain(
        recordsFrom(1, reading("b", 1, "2")),
        range(1, 2),
        Set.of(tables + "_days", tables + "_bad"));

    // when
    batch.run(recordsFrom(1, reading("b", 1, "2")), range(1, 2));

    // then
    assertThat(content("days", "id", "kafka_offset")).containsExactly("[a,0]", "[b,1]");
    assertThat(content("all", "id", "kafka_offset")).containsExactly("[a,0]", "[b,1]");
    assertThat(dataFiles("days")).hasSize(2);
    assertThat(dataFiles("all")).hasSize(2);
  }

  @Test
  void keepColumnsThatOnlyTheTableHas() {
    // given
    spark.sql("ALTER TABLE " + tables + "_days ADD COLUMN note STRUCT<by: STRING>");
    spark.sql("ALTER TABLE " + tables + "_days ADD COLUMN first STRING FIRST");
    spark.sql("ALTER TABLE " + tables + "_days ADD PARTITION FIELD first");

    // when
    batch.run(records(reading("a", 0, "1")), range(0, 1));

    // then
    assertThat(content("days", "first", "id", "n", "kafka_offset", "note"))
        .containsExactly("[null,a,1,0,null]");
  }

  @Test
  void followTheColumnsOfThePayloads() {
    // given
    var records =
        records(
            reading("a", 0, "1"),
            "{\"id\": \"b\", \"t\": \"" + NOON + "\", \"n\": 5000000000, \"more\": \"x\"}");

    // when
    batch.run(records, range(0, 2));

    // then: what was written before the columns were there is gone
    assertThat(content("days", "id", "n", "more"))
        .containsExactly("[a,1,null]", "[b,5000000000,x]");
    assertThat(content("all", "id", "n", "more")).containsExactly("[a,1,null]", "[b,5000000000,x]");
    assertThat(content("bad", "reason")).isEmpty();
    assertThat(dataFiles("days")).hasSize(1);
  }

  @Test
  void leaveNoFileOfABatchThatIsNotCommitted() {
    // given
    spark.sql("DROP TABLE " + tables + "_bad");
    var records = records(reading("a", 0, "1"), "not json");

    // when, then
    assertThatThrownBy(() -> batch.run(records, range(0, 2)))
        .hasMessageContaining("_bad' has gone");
    assertThat(content("days", "*")).isEmpty();
    assertThat(dataFiles("days")).isEmpty();
    assertThat(dataFiles("all")).isEmpty();
  }

  @Test
  void leaveNoFileOfABatchThatTheLedgerRefuses() {
    // given
    var records = records(reading("a", 0, "1"), reading("b", 0, "1"));

    // when, then
    assertThatThrownBy(() -> batch.run(records, range(0, 1)))
        .hasMessage("Batch 0 spans 1 offsets and has read 2 records");
    assertThat(dataFiles("days")).isEmpty();
  }

  private static String reading(String id, int second, String n) {
    return "{\"id\": \"%s\", \"t\": \"%s\", \"n\": %s}".formatted(id, NOON.plusSeconds(second), n);
  }

  private static BatchRange range(long from, long to) {
    return new BatchRange(from, at(from), at(to), NOON, from == 0);
  }

  private static TopicOffsets at(long offset) {
    return new TopicOffsets("topic-id", new TreeMap<>(Map.of(0, offset)));
  }

  private List<String> content(String table, String... columns) {
    return LocalSpark.sorted(spark.table(tables + "_" + table).selectExpr(columns));
  }

  private Ledger ledger(String table) {
    return BatchCommits.newestMarker(spark, "direct", tables + "_" + table).orElseThrow().ledger();
  }

  private List<Path> dataFiles(String table) {
    try {
      String location = Spark3Util.loadIcebergTable(spark, tables + "_" + table).location();
      Path folder = Path.of(URI.create(location).getPath(), "data");
      if (!Files.exists(folder)) {
        return List.of();
      }
      try (Stream<Path> files = Files.walk(folder)) {
        return files.filter(file -> file.toString().endsWith(".parquet")).toList();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private RawRecords records(String... values) {
    return recordsFrom(0, values);
  }

  private RawRecords recordsFrom(long first, String... values) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      rows.add(
          RowFactory.create(
              null,
              values[i].getBytes(UTF_8),
              "direct",
              0,
              first + i,
              Timestamp.from(NOON.plusSeconds(864_000)),
              0,
              null));
    }
    return RawRecords.of(spark.createDataFrame(rows, RawRecord.COLUMNS).coalesce(1));
  }
}
