/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.spark.commit.AppendRows;
import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Provenance;
import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.decode.DecodedBatch;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.transform.Lookups;
import io.icestream.spark.transform.StepGraph;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One batch: decoded once, run through the steps, committed to each sink that does not have it. */
final class MicroBatch {
  private final QueryPlan plan;
  private final StepGraph graph;
  private final Lookups lookups;
  private final String version;
  private final Map<String, Chain> chains = new LinkedHashMap<>();

  /**
   * @param plan what runs
   * @param graph its steps
   * @param lookups its lookup tables
   * @param version version of the code
   */
  MicroBatch(QueryPlan plan, StepGraph graph, Lookups lookups, String version) {
    this.plan = plan;
    this.graph = graph;
    this.lookups = lookups;
    this.version = version;
    plan.sinks().forEach(sink -> chains.put(sink.table(), Chain.GAPLESS));
    chains.put(plan.quarantineTable(), Chain.SPARSE);
  }

  /**
   * Runs a batch. May be called again for the same range.
   *
   * @param records raw Kafka records
   * @param range what they are
   */
  void run(Dataset<Row> records, BatchRange range) {
    if (range.offsets() == 0) {
      return; // the first batch of an empty topic
    }
    SparkSession spark = records.sparkSession();
    // A streaming query switches this off for its own plan; a batch's inner queries have no state
    spark.conf().set("spark.sql.adaptive.enabled", "true");
    BatchCommits commits = BatchCommits.begin(spark, plan.pipeline(), version, range, chains);
    if (commits.isComplete()) {
      return;
    }
    Map<String, Long> joined = lookups.show(spark, commits.pinnedLookups());
    try (DecodedBatch decoded = DecodedBatch.of(records, plan.source(), commits.timesBefore());
        BatchSteps steps = BatchSteps.run(spark, plan, graph, decoded)) {
      Provenance provenance =
          new Provenance(
              steps.tally(plan.source().name()).ledger(range.offsets(), 0, 0),
              decoded.eventTimes(),
              joined);
      quarantine(commits, steps, range, provenance);
      for (SinkDefinition sink : plan.sinks()) {
        if (commits.isDue(sink.table())) {
          commit(commits, steps, sink, range, provenance);
        }
      }
    }
  }

  private void quarantine(
      BatchCommits commits, BatchSteps steps, BatchRange range, Provenance provenance) {
    String table = plan.quarantineTable();
    long count = steps.rejectedCount();
    if (count > 0 && commits.isDue(table)) {
      Dataset<Row> rows =
          QuarantineRows.of(steps.rejected(), plan.pipeline(), version, range.time());
      commits.append(table, rows, count, provenance.with(steps.quarantineLedger(range.offsets())));
    }
  }

  private static void commit(
      BatchCommits commits,
      BatchSteps steps,
      SinkDefinition sink,
      BatchRange range,
      Provenance provenance) {
    if (sink.mode() == Mode.APPEND) {
      Tally tally = steps.tally(sink.from());
      commits.append(
          sink.table(),
          AppendRows.of(steps.rows(sink.from())),
          tally.passed(),
          provenance.with(tally.ledger(range.offsets(), tally.passed(), 0)));
    } else {
      commits.whileUndisturbed(sink.table(), () -> merge(commits, steps, sink, range, provenance));
    }
  }

  private static void merge(
      BatchCommits commits,
      BatchSteps steps,
      SinkDefinition sink,
      BatchRange range,
      Provenance provenance) {
    Tally tally = steps.tally(sink.from());
    try (WindowUpdate update = steps.window(sink.from(), sink)) {
      long merged = update.rowsMerged();
      commits.upsert(
          sink.table(),
          update.merge(),
          provenance.with(tally.after(merged, merged, 0).ledger(range.offsets(), 0, merged)));
    }
  }
}
