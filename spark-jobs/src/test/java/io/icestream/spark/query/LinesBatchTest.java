/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.model.PipelineDefinition;
import io.icestream.model.Problem;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.AppendRows;
import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.TableSpec;
import io.icestream.spark.source.RawRecord;
import io.icestream.spark.source.RawRecords;
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

/** A batch whose records have several lines each. */
class LinesBatchTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final StructType READING =
      new StructType().add("id", DataTypes.StringType, false).add("n", DataTypes.IntegerType);
  private static final String YAML =
      """
      version: 1
      name: lines
      sources:
        readings:
          kafka: { topic: lines }
          format: { type: json, schema: reading.avsc, layout: lines }
      steps:
        checked:
          sql: SELECT *, _source.line AS place FROM readings
          expect:
            not_negative: { check: n >= 0, else: quarantine }
      sinks:
        %1$s_rows: { from: checked, mode: append }
      quarantine: { table: %1$s_bad }
      """;

  private final SparkSession spark = LocalSpark.session();
  private final String tables = LocalSpark.freshTable();
  private MicroBatch batch;

  @BeforeEach
  void startPipeline() {
    PipelineDefinition definition = PipelineParser.parse(Path.of("p.yaml"), YAML.formatted(tables));
    QueryPlan plan =
        QueryPlan.of(
            definition,
            READING,
            new Environment(Map.of(), "lake", Map.of(), "/c", Map.of()),
            new Pace(Pace.DEFAULT_TRIGGER, true, 100));
    List<Problem> problems = new ArrayList<>();
    StepGraph graph = StepGraph.check(spark, plan, problems);
    assertThat(problems).isEmpty();
    TableProvisioning provisioning = new TableProvisioning(spark);
    provisioning.provide(
        new TableSpec(
            tables + "_rows",
            AppendRows.columns(graph.columns("checked"), plan.source()),
            List.of(),
            Map.of()));
    provisioning.provide(QuarantineRows.table(plan.quarantineTable()));
    batch = new MicroBatch(plan, graph, new Lookups(plan.lookups()), "1.0");
  }

  @Test
  void accountsForEveryLine() {
    // given
    var records =
        records(
            "{\"id\": \"a\", \"n\": 1}\n{\"id\": \"b\", \"n\": -1}\n\nnot json\n{\"id\": \"c\"}",
            "{\"id\": \"d\", \"n\": 4}",
            "\n");

    // when
    batch.run(records, range(3));

    // then
    assertThat(content("rows", "id", "n", "place", "kafka_offset", "kafka_line"))
        .containsExactly("[a,1,0,0,0]", "[c,null,4,0,4]", "[d,4,0,1,0]");
    assertThat(content("bad", "offset", "line", "reason", "cast(payload AS string)"))
        .containsExactly(
            "[0,1,not_negative,{\"id\": \"b\", \"n\": -1}]",
            "[0,3,malformed_json,not json]",
            "[2,null,empty_payload,\n]");
    assertThat(BatchCommits.newestMarker(spark, "lines", tables + "_rows").orElseThrow().ledger())
        .isEqualTo(new Ledger(3, 6, 3, 0, 0, 0, 3, 0));
  }

  @Test
  void refusesABatchWithMoreRecordsThanOffsets() {
    // given
    var records = records("{\"id\": \"a\"}", "{\"id\": \"b\"}");

    // when, then
    assertThatThrownBy(() -> batch.run(records, range(1)))
        .hasMessage("Batch 0 spans 1 offsets and has read 2 records");
    assertThat(content("rows", "*")).isEmpty();
  }

  private static BatchRange range(long to) {
    return new BatchRange(0, at(0), at(to), NOON, true);
  }

  private static TopicOffsets at(long offset) {
    return new TopicOffsets("topic-id", new TreeMap<>(Map.of(0, offset)));
  }

  private List<String> content(String table, String... columns) {
    return LocalSpark.sorted(spark.table(tables + "_" + table).selectExpr(columns));
  }

  private static RawRecords records(String... values) {
    List<Row> rows = new ArrayList<>();
    for (String value : values) {
      rows.add(
          RowFactory.create(
              null,
              value.getBytes(UTF_8),
              "lines",
              0,
              (long) rows.size(),
              Timestamp.from(NOON),
              0,
              null));
    }
    return RawRecords.of(LocalSpark.rows(RawRecord.COLUMNS, rows).coalesce(1));
  }
}
