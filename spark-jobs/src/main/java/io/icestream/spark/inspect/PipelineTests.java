/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import static org.apache.spark.sql.functions.col;

import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.PipelineTest;
import io.icestream.model.Problem;
import io.icestream.model.SinkDefinition;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.query.RehearsedBatch;
import io.icestream.spark.source.RawRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The tests of a pipeline file. What a test gives is one batch, which goes through the same decode,
 * steps, expectations and aggregation as in a run.
 */
public final class PipelineTests {
  /** The version of the code that quarantine rows of tests name. */
  private static final String VERSION = "test";

  private final SparkSession spark;
  private final PipelineDefinition definition;
  private final CheckedPipeline pipeline;
  private final QueryPlan plan;

  private PipelineTests(
      SparkSession spark, PipelineDefinition definition, CheckedPipeline pipeline) {
    this.spark = spark;
    this.definition = definition;
    this.pipeline = pipeline;
    // No registry knows the records of a test
    this.plan = pipeline.plan().withoutRegistry();
  }

  /**
   * Runs all tests of a file, in its order.
   *
   * @param spark a session of its own
   * @param definition the pipeline with its tests
   * @throws PipelineFileException if the pipeline is wrong, a lookup has no columns, or a test
   *     gives what cannot be
   */
  public static List<TestOutcome> run(SparkSession spark, PipelineDefinition definition) {
    CheckedPipeline pipeline = CheckedPipeline.required(spark, definition);
    PipelineTests tests = new PipelineTests(spark, definition, pipeline);
    return definition.tests().stream().map(tests::run).toList();
  }

  private TestOutcome run(PipelineTest test) {
    Instant started = Instant.now();
    List<Problem> problems = new ArrayList<>();
    List<byte[]> payloads = GivenPayloads.of(test, plan.source(), problems);
    GivenLookups.show(spark, plan.lookups(), test, problems);
    refuse(problems);
    Dataset<Row> records = GivenRecords.of(spark, plan.source().kafka().topic(), payloads);
    try (RehearsedBatch batch =
        RehearsedBatch.run(plan, pipeline.graph(), RawRecords.of(records))) {
      List<TableComparison> tables = compare(test, batch);
      return new TestOutcome(test, tables, Optional.empty(), since(started));
    } catch (PipelineFailure e) {
      return new TestOutcome(test, List.of(), Optional.of(e.getMessage()), since(started));
    }
  }

  /** The tables that the test names; all that have rows, if it names none. */
  private List<TableComparison> compare(PipelineTest test, RehearsedBatch batch) {
    List<TableComparison> tables = new ArrayList<>();
    for (String table : test.expect().isEmpty() ? plan.tables() : test.expect().keySet()) {
      List<Map<String, Object>> expected = test.expect().getOrDefault(table, List.of());
      tables.add(compare(table, expected, batch));
    }
    if (test.expect().isEmpty()) {
      tables.removeIf(TableComparison::passed);
    }
    return tables;
  }

  /** Rows are in an order that is the same each time: by record, or by key. */
  private TableComparison compare(
      String table, List<Map<String, Object>> expected, RehearsedBatch batch) {
    for (SinkDefinition sink : plan.sinks()) {
      if (sink.table().equals(table)) {
        Dataset<Row> rows = batch.sink(sink);
        Dataset<Row> ordered = rows.orderBy(columns(batch.order(sink)));
        List<String> shown =
            Arrays.stream(rows.columns()).filter(name -> !name.startsWith("kafka_")).toList();
        return TableComparison.of(table, shown, expected, FoundRows.of(ordered));
      }
    }
    Dataset<Row> rejected = batch.quarantined(VERSION, GivenRecords.ARRIVAL);
    return TableComparison.of(
        table,
        List.of("stage", "reason", "detail", "payload"),
        expected,
        FoundRows.of(rejected.orderBy("partition", "offset")));
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> col("`" + name + "`")).toArray(Column[]::new);
  }

  private void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new PipelineFileException(definition.file(), problems);
    }
  }

  private static Duration since(Instant started) {
    return Duration.between(started, Instant.now());
  }
}
