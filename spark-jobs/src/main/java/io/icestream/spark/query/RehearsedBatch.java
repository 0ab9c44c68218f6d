/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.model.SinkDefinition;
import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.decode.DecodedBatch;
import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.sink.Admission;
import io.icestream.spark.sink.SinkWrite;
import io.icestream.spark.source.RawRecords;
import io.icestream.spark.transform.StepGraph;
import io.icestream.spark.transform.WindowAggregate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One batch, decoded and run through the steps as in a run, and committed nowhere. Kept in memory
 * until it is closed.
 */
public final class RehearsedBatch implements AutoCloseable {
  private final QueryPlan plan;
  private final StepGraph graph;
  private final DecodedBatch decoded;
  private final BatchSteps steps;

  private RehearsedBatch(QueryPlan plan, StepGraph graph, DecodedBatch decoded, BatchSteps steps) {
    this.plan = plan;
    this.graph = graph;
    this.decoded = decoded;
    this.steps = steps;
  }

  /**
   * Runs a batch that has none before it. Its records arrived at no real time, so that no freshness
   * is measured.
   *
   * @param plan what runs
   * @param graph its steps, checked in the session of the records, which has the lookups as views
   * @param records raw records
   * @throws PipelineFailure if the data breaks a rule that stops a pipeline
   */
  public static RehearsedBatch run(QueryPlan plan, StepGraph graph, RawRecords records) {
    SparkSession spark = records.session();
    DecodedBatch decoded = DecodedBatch.of(records, plan.source(), EventTimes.NONE);
    RehearsedBatch batch;
    try {
      batch = new RehearsedBatch(plan, graph, decoded, BatchSteps.run(spark, plan, graph, decoded));
    } catch (RuntimeException e) {
      decoded.close();
      throw e;
    }
    try {
      batch.steps.requireExpected(Optional.empty());
      batch.steps.admit(SinkWrite.all(plan, graph), Admission.REHEARSED);
      return batch;
    } catch (RuntimeException e) {
      batch.close();
      throw e;
    }
  }

  /** The rows that a source or row step passes on, with the record that each comes from. */
  public Dataset<Row> rows(String name) {
    return steps.rows(name);
  }

  /** The same without the record that each comes from, for people. */
  public static Dataset<Row> shown(Dataset<Row> rows) {
    return rows.drop(DecodedColumns.SOURCE);
  }

  /** The groups of a window step, without the partial values that their table keeps. */
  public Dataset<Row> groups(String name) {
    return steps.window(name).rows().drop(WindowAggregate.STATE);
  }

  /** Columns that put the rows of a sink in an order that is the same each time. */
  public List<String> order(SinkDefinition sink) {
    return SinkWrite.of(sink, plan, graph).order();
  }

  /** The rows that a sink would get, if its table were empty. */
  public Dataset<Row> sink(SinkDefinition sink) {
    return SinkWrite.of(sink, plan, graph).intoEmptyTable(steps);
  }

  /**
   * The rows that the quarantine table would get.
   *
   * @param version version of the code
   * @param time the batch's time
   */
  public Dataset<Row> quarantined(String version, Instant time) {
    return QuarantineRows.of(steps.rejected(), plan.pipeline(), version, time);
  }

  @Override
  public void close() {
    steps.close();
    decoded.close();
  }
}
