/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.model.PipelineDefinition;
import io.icestream.model.Problem;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.decode.SourceSchema;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.source.RawRecord;
import io.icestream.spark.source.RawRecords;
import io.icestream.spark.table.TableProvisioning;
import io.icestream.spark.transform.Lookups;
import io.icestream.spark.transform.StepGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** A pipeline whose topic is a list of records in memory, of which each batch takes the next. */
final class ChangePipeline {
  static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final SparkSession spark;
  private final QueryPlan plan;
  private final StepGraph graph;
  private final Map<Integer, List<Row>> topic = new TreeMap<>();
  private SortedMap<Integer, Long> at = new TreeMap<>();
  private TopicOffsets from = new TopicOffsets("topic-id", new TreeMap<>());
  private MicroBatch batch;
  private long number;

  /**
   * @param folder gets the schema
   * @param schema an Avro schema, named {@code row.avsc} in the file
   * @param yaml the pipeline file
   * @param compiled whether there are so many rows that plans are worth being compiled
   */
  ChangePipeline(Path folder, String schema, String yaml, boolean compiled) throws IOException {
    spark = LocalSpark.session().cloneSession();
    // Compiling a plan takes longer than running it over a few rows
    spark.conf().set("spark.sql.codegen.wholeStage", compiled);
    spark.conf().set("spark.sql.codegen.factoryMode", compiled ? "FALLBACK" : "NO_CODEGEN");
    Files.writeString(folder.resolve("row.avsc"), schema);
    PipelineDefinition definition = PipelineParser.parse(folder.resolve("p.yaml"), yaml);
    plan =
        QueryPlan.of(
            definition,
            SourceSchema.read(definition),
            new Environment(Map.of(), "lake", Map.of(), "/c", Map.of()),
            new Pace(Pace.DEFAULT_TRIGGER, true, 100));
    List<Problem> problems = new ArrayList<>();
    graph = StepGraph.check(LocalSpark.session(), plan, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.toString());
    }
    SinkTables.of(plan, graph).forEach(new TableProvisioning(LocalSpark.session())::provide);
    restart();
  }

  QueryPlan plan() {
    return plan;
  }

  StepGraph graph() {
    return graph;
  }

  void restart() {
    batch = new MicroBatch(plan, graph, new Lookups(plan.lookups()), "1.0");
  }

  /** Appends a record to a partition; null is a tombstone. */
  void send(int partition, String key, String value) {
    List<Row> log = topic.computeIfAbsent(partition, p -> new ArrayList<>());
    log.add(
        RowFactory.create(
            key == null ? null : key.getBytes(UTF_8),
            value == null ? null : value.getBytes(UTF_8),
            "changes",
            partition,
            (long) log.size(),
            Timestamp.from(NOON.plusMillis(topic.values().stream().mapToInt(List::size).sum())),
            0,
            null));
  }

  /** Runs a batch with all records that no batch has had. */
  void runBatch() {
    TreeMap<Integer, Long> to = new TreeMap<>();
    topic.forEach((partition, log) -> to.put(partition, (long) log.size()));
    run(to);
    from = new TopicOffsets("topic-id", at);
    at = to;
    number++;
  }

  /** Runs the newest batch again, as after a crash. */
  void runAgain() {
    TreeMap<Integer, Long> to = new TreeMap<>(at);
    at = new TreeMap<>(from.partitions());
    number--;
    run(to);
    at = to;
    number++;
  }

  Ledger ledger(String table) {
    return BatchCommits.newestMarker(LocalSpark.session(), plan.pipeline(), table)
        .orElseThrow()
        .ledger();
  }

  /** Columns of a table's rows, sorted. */
  List<String> content(String table, String... columns) {
    return LocalSpark.sorted(LocalSpark.session().table(table).selectExpr(columns));
  }

  private void run(TreeMap<Integer, Long> to) {
    List<Row> records = new ArrayList<>();
    to.forEach(
        (partition, end) ->
            records.addAll(
                topic
                    .get(partition)
                    .subList(
                        Math.toIntExact(at.getOrDefault(partition, 0L)), Math.toIntExact(end))));
    batch.run(
        RawRecords.of(spark.createDataFrame(records, RawRecord.COLUMNS).coalesce(1)),
        new BatchRange(
            number,
            new TopicOffsets("topic-id", at),
            new TopicOffsets("topic-id", to),
            NOON,
            number == 0));
  }
}
