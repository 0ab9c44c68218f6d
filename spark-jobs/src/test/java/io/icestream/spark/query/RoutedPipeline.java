/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.Problem;
import io.icestream.model.SinkDefinition;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.CrashingCatalog;
import io.icestream.spark.commit.Driver;
import io.icestream.spark.commit.Epochs;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.RecordSchema;
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

/** A pipeline with a table per tenant, whose drivers can be ended before any change of a table. */
public final class RoutedPipeline {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final StructType LINE =
      new StructType().add("tenant", DataTypes.StringType).add("n", DataTypes.IntegerType);
  private static final String YAML =
      """
      version: 1
      name: logs
      sources:
        lines:
          kafka: { topic: logs }
          format: { type: json, schema: line.avsc }
      %4$s
      steps:
        kept: { sql: "%3$s" }
      sinks:
        %1$s_all: { from: lines, mode: append }
        %1$s_logs: { from: kept, mode: append, route_by: tenant, max_tables: %2$d }
      quarantine: { table: %1$s_bad }
      """;

  private static final String SQL = "SELECT * FROM lines WHERE n >= 0";

  private final SparkSession spark = CrashingCatalog.session();
  private final String tables;
  private final QueryPlan plan;
  private final StepGraph graph;
  private final List<String> payloads;
  private MicroBatch batch;
  private int from;
  private int done;

  /** Starts a pipeline whose tables are new. */
  public RoutedPipeline(int maxTables) {
    this(LocalSpark.freshTable(), new ArrayList<>(), maxTables, SQL);
  }

  /** A pipeline with new tables whose tenants are the owners that a lookup table has. */
  RoutedPipeline joining(String owners) {
    return new RoutedPipeline(
        LocalSpark.freshTable(),
        new ArrayList<>(),
        sink().route().orElseThrow().maxTables(),
        "SELECT o.owner AS tenant, l.n FROM lines l JOIN owners o USING (n)",
        "lookups: { owners: { table: " + owners + ", refresh: 0s } }");
  }

  private RoutedPipeline(String tables, List<String> payloads, int maxTables, String sql) {
    this(tables, payloads, maxTables, sql, "");
  }

  private RoutedPipeline(
      String tables, List<String> payloads, int maxTables, String sql, String lookups) {
    this.tables = tables;
    this.payloads = payloads;
    // Compiling a plan takes longer than running it over a few rows
    spark.conf().set("spark.sql.codegen.wholeStage", false);
    spark.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    plan = plan(YAML.formatted(tables, maxTables, sql, lookups));
    List<Problem> problems = new ArrayList<>();
    plan.lookups()
        .forEach((name, lookup) -> spark.table(lookup.table()).createOrReplaceTempView(name));
    graph = StepGraph.check(spark, plan, problems);
    assertThat(problems).isEmpty();
    restart();
  }

  /** The same pipeline after its file was changed, started again. */
  public RoutedPipeline with(int maxTables) {
    return with(maxTables, SQL);
  }

  /** The same with another step before the sink. */
  RoutedPipeline with(int maxTables, String sql) {
    RoutedPipeline changed = new RoutedPipeline(tables, payloads, maxTables, sql);
    changed.from = from;
    changed.done = done;
    return changed;
  }

  private static QueryPlan plan(String yaml) {
    return QueryPlan.of(
        PipelineParser.parse(Path.of("p.yaml"), yaml),
        RecordSchema.of(LINE),
        new Environment(Map.of(), "lake", Map.of(), "/c", Map.of()),
        new Pace(Pace.DEFAULT_TRIGGER, true, 100).withSinksInTurn());
  }

  public QueryPlan plan() {
    return plan;
  }

  /** What its file would resolve to with another bound. */
  public QueryPlan planWith(int maxTables) {
    return plan(YAML.formatted(tables, maxTables, SQL, ""));
  }

  public StepGraph graph() {
    return graph;
  }

  /** The session that the pipeline runs in. */
  public SparkSession spark() {
    return spark;
  }

  /** Starts another driver, as {@link PipelineQuery#start} does. */
  public void restart() {
    CrashingCatalog.recover();
    SinkTables.present(spark, plan, graph).forEach(new TableProvisioning(spark)::provide);
    PendingChanges.keepUses(spark, plan, graph);
    long epoch = Epochs.claim(spark, plan.pipeline(), plan.tables());
    RoutedTables.takeOver(spark, plan, graph, epoch);
    batch =
        new MicroBatch(
            plan,
            graph,
            new Lookups(plan.lookups()),
            new Driver(plan.pipeline(), "1.0", "cluster", epoch));
  }

  /** The driver that runs now. */
  MicroBatch driver() {
    return batch;
  }

  /** Produces a line for each tenant; null is none. */
  public void lines(String... tenants) {
    for (String tenant : tenants) {
      payloads.add(
          "{\"tenant\": %s, \"n\": %d}"
              .formatted(tenant == null ? null : "\"" + tenant + "\"", payloads.size()));
    }
  }

  /** Produces a record. */
  public void record(String payload) {
    payloads.add(payload);
  }

  /** Runs a batch of all that was produced since the last. */
  public void drain() {
    from = done;
    done = payloads.size();
    runAgain();
  }

  /** Runs the newest batch again. */
  public void runAgain() {
    batch.run(records(from, done), range());
  }

  /** What the newest batch reads. */
  BatchRange range() {
    return new BatchRange(from, at(from), at(done), NOON, from == 0);
  }

  RawRecords records(int first, int end) {
    List<Row> rows = new ArrayList<>();
    for (int offset = first; offset < end; offset++) {
      byte[] payload = payloads.get(offset).getBytes(UTF_8);
      rows.add(
          RowFactory.create(
              null, payload, "logs", 0, (long) offset, Timestamp.from(NOON), 0, null));
    }
    return RawRecords.of(spark.createDataFrame(rows, RawRecord.COLUMNS).coalesce(1));
  }

  /** The full name of a table. */
  public String table(String suffix) {
    return tables + "_" + suffix;
  }

  /** Columns of a table's rows, sorted. */
  public List<String> content(String suffix, String... columns) {
    return LocalSpark.sorted(LocalSpark.session().table(table(suffix)).selectExpr(columns));
  }

  /** The offsets in the tables of all tenants and in the quarantine, sorted. */
  public List<Long> offsets() {
    SparkSession lake = LocalSpark.session();
    List<Long> offsets = new ArrayList<>();
    for (String name : RoutedTables.names(lake, sink())) {
      lake.table(name)
          .select("kafka_offset")
          .collectAsList()
          .forEach(r -> offsets.add(r.getLong(0)));
    }
    lake.table(table("bad"))
        .filter("state <> 'resolved' OR resolution = 'filtered'")
        .select("offset")
        .collectAsList()
        .forEach(r -> offsets.add(r.getLong(0)));
    return offsets.stream().sorted().toList();
  }

  SinkDefinition sink() {
    return plan.sinks().get(1);
  }

  Marker marker(String suffix) {
    return BatchCommits.newestMarker(LocalSpark.session(), plan.pipeline(), table(suffix))
        .orElseThrow();
  }

  Ledger ledger(String suffix) {
    return marker(suffix).ledger();
  }

  static TopicOffsets at(long offset) {
    return new TopicOffsets("topic-id", new TreeMap<>(Map.of(0, offset)));
  }
}
