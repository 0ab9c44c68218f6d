/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.PipelineDefinition;
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
import io.icestream.spark.table.SourceColumns;
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

/** A running pipeline whose payloads move on while its file stays as it is. */
class SchemaEvolutionTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final StructType READING =
      new StructType()
          .add("device", DataTypes.StringType, false)
          .add("t", DataTypes.TimestampType, false)
          .add("n", DataTypes.IntegerType);
  private static final String YAML =
      """
      version: 1
      name: iot
      sources:
        readings:
          kafka: { topic: iot }
          format: { type: json, schema: reading.avsc, unknown_fields: evolve }
          event_time: t
      steps:
        checked:
          sql: SELECT *, 'x' AS site FROM readings
        per_device:
          sql: SELECT device, sum(n) AS total, max(n) AS most FROM checked GROUP BY device
      sinks:
        %1$s_rows: { from: checked, mode: append }
        %1$s_stats: { from: per_device, mode: upsert, key: [device] }
      quarantine: { table: %1$s_bad }
      """;

  private final SparkSession spark = LocalSpark.session();
  private final String tables = LocalSpark.freshTable();
  private final List<String> payloads = new ArrayList<>();
  private MicroBatch batch;
  private int done;

  @BeforeEach
  void startPipeline() {
    QueryPlan plan = plan();
    List<Problem> problems = new ArrayList<>();
    StepGraph graph = StepGraph.check(spark, plan, problems);
    assertThat(problems).isEmpty();
    SinkTables.of(plan, graph).forEach(new TableProvisioning(spark)::provide);
    batch = new MicroBatch(plan, graph, new Lookups(plan.lookups()), "1.0");
  }

  @Test
  void aNewFieldBecomesAColumn() {
    // given
    reading("'n': 1");
    runBatch();
    reading("'n': 2, 'humidity': 40.5, 'gps': {'lat': 1, 'tags': ['x']}");
    reading("'n': 3, 'humidity': 41, 'gps': {'lon': 2.5}");

    // when
    runBatch();

    // then
    assertThat(columns("rows"))
        .contains("humidity DOUBLE", "gps STRUCT<lat: BIGINT, tags: ARRAY<STRING>, lon: DOUBLE>")
        .as("columns of the batch before stay where they are")
        .startsWith("device STRING,t TIMESTAMP,n INT,site STRING,kafka_topic STRING");
    assertThat(content("rows", "n", "humidity", "gps"))
        .containsExactly(
            "[1,null,null]", "[2,40.5,[1,WrappedArray(x),null]]", "[3,41.0,[null,null,2.5]]");
    assertThat(content("bad", "*")).isEmpty();
  }

  @Test
  void anIntThatBecomesALongIsWidenedInRowsAndAggregates() {
    // given
    reading("'n': 1");
    runBatch();
    reading("'n': 3000000000");

    // when
    runBatch();

    // then
    assertThat(columns("rows")).contains("n BIGINT");
    assertThat(content("rows", "n")).containsExactly("[1]", "[3000000000]");
    assertThat(content("stats", "total", "most")).containsExactly("[3000000001,3000000000]");
    assertThat(content("bad", "*")).isEmpty();
  }

  @Test
  void aFieldThatTurnsFromTextToObjectGoesToQuarantineWhileGoodRowsFlowOn() {
    // given
    reading("'n': 1, 'note': 'text'");
    runBatch();
    reading("'n': 2, 'note': {'text': 'x'}");
    reading("'n': 3, 'note': 'more'");

    // when
    runBatch();

    // then
    assertThat(content("rows", "n", "note")).containsExactly("[1,text]", "[3,more]");
    assertThat(content("bad", "offset", "reason", "detail"))
        .containsExactly("[1,wrong_type,note: expected string, found an object]");
    assertThat(ledger("rows")).isEqualTo(new Ledger(2, 2, 1, 0, 0, 0, 1, 0));
  }

  @Test
  void aRequiredFieldThatDisappearsBecomesOptionalUnlessItIsTheEventTime() {
    // given
    payload("{'t': '%s', 'n': 1}".formatted(NOON));
    payload("{'device': 'a', 'n': 1}");

    // when
    runBatch();

    // then
    assertThat(content("rows", "device", "n")).containsExactly("[null,1]");
    assertThat(content("bad", "offset", "reason")).containsExactly("[1,missing_field]");
  }

  @Test
  void aFieldThatWouldBreakAStepIsNotAddedAndKeepsNobodyElseFromIt() {
    // given
    reading("'n': 1, 'site': 'taken by the step'");
    reading("'n': 2, 'color': 'red'");
    reading("'n': 3, 'N': 3");

    // when
    runBatch();
    reading("'n': 4, 'site': 'again'");
    runBatch();

    // then
    assertThat(content("rows", "n", "color")).containsExactly("[2,red]");
    assertThat(content("bad", "offset", "reason", "detail"))
        .containsExactly(
            "[0,unknown_field,site: the schema has no such field, and it could not be added as"
                + " string]",
            "[2,unknown_field,N: the schema has no such field, and it could not be added as"
                + " bigint]",
            "[3,unknown_field,site: the schema has no such field, and it could not be added as"
                + " string]");
  }

  @Test
  void aTableThatHasTheColumnInAnotherTypeIsLeftAlone() {
    // given
    spark.sql("ALTER TABLE " + tables + "_rows ADD COLUMN size STRING");
    reading("'n': 1, 'size': 5");
    reading("'n': 2");

    // when
    runBatch();

    // then
    assertThat(content("rows", "n", "size")).containsExactly("[2,null]");
    assertThat(content("bad", "offset", "reason")).containsExactly("[0,unknown_field]");
  }

  @Test
  void aValueThatSaysNothingOfItsTypeIsNoReasonToRejectItsRecord() {
    // given
    reading("'n': 1, 'later': null, 'list': [], 'object': {}");

    // when
    runBatch();

    // then
    assertThat(content("rows", "n")).containsExactly("[1]");
    assertThat(columns("rows")).doesNotContain("later");
  }

  @Test
  void whatWasFirstSeenDecidesWhereValuesContradictEachOther() {
    // given
    reading("'n': 1, 'mixed': 'text'");
    reading("'n': 2, 'mixed': true");
    reading("'n': 3, 'mixed': [1, 'x']");

    // when
    runBatch();

    // then
    assertThat(content("rows", "n", "mixed")).containsExactly("[1,text]");
    assertThat(content("bad", "offset", "reason"))
        .containsExactly("[1,wrong_type]", "[2,wrong_type]");
  }

  @Test
  void theColumnsAreKeptForTheNextStart() {
    // given
    reading("'n': 3000000000, 'it''s': 1, 'new': 2");

    // when
    runBatch();

    // then
    assertThat(new SourceColumns(spark, tables + "_bad", "iot", "readings").read())
        .contains(
            READING
                .add("new", DataTypes.LongType)
                .copy(
                    new StructType()
                        .add("device", DataTypes.StringType, false)
                        .add("t", DataTypes.TimestampType, false)
                        .add("n", DataTypes.LongType)
                        .add("new", DataTypes.LongType)
                        .fields()));
    assertThat(new SourceColumns(spark, tables + "_bad", "iot", "others").read()).isEmpty();
  }

  @Test
  void theTableKeepsTheHistoryOfItsColumns() {
    // given
    reading("'n': 1, 'a': 1");
    runBatch();
    reading("'n': 1, 'b': 1");
    runBatch();

    // when
    long schemas =
        spark
            .sql("SELECT latest_schema_id FROM " + tables + "_rows.metadata_log_entries")
            .distinct()
            .filter("latest_schema_id IS NOT NULL")
            .count();

    // then
    assertThat(schemas).isGreaterThanOrEqualTo(2);
  }

  private QueryPlan plan() {
    PipelineDefinition definition = PipelineParser.parse(Path.of("p.yaml"), YAML.formatted(tables));
    return QueryPlan.of(
        definition,
        READING,
        new Environment(Map.of(), "lake", Map.of(), "/c", Map.of()),
        new Pace(Pace.DEFAULT_TRIGGER, true, 100));
  }

  private void reading(String fields) {
    payload("{'device': 'a', 't': '%s', %s}".formatted(NOON, fields));
  }

  private void payload(String json) {
    payloads.add(json.replace("''", "\u0001").replace('\'', '"').replace('\u0001', '\''));
  }

  private void runBatch() {
    int to = payloads.size();
    batch.run(records(done, to), new BatchRange(done, at(done), at(to), NOON, done == 0));
    done = to;
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
              Timestamp.from(NOON),
              0,
              null));
    }
    return RawRecords.of(LocalSpark.rows(RawRecord.COLUMNS, rows).coalesce(1));
  }

  private String columns(String table) {
    return spark.table(tables + "_" + table).schema().toDDL();
  }

  private List<String> content(String table, String... columns) {
    return LocalSpark.sorted(spark.table(tables + "_" + table).selectExpr(columns));
  }

  private Ledger ledger(String table) {
    return BatchCommits.newestMarker(spark, "iot", tables + "_" + table).orElseThrow().ledger();
  }

  private static TopicOffsets at(long offset) {
    return new TopicOffsets("topic-id", new TreeMap<>(Map.of(0, offset)));
  }
}
