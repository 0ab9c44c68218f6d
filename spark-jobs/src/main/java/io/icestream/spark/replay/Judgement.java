/* SPDX-License-Identifier: MIT */
package io.icestream.spark.replay;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.QuarantineClaims;
import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.decode.DecodedBatch;
import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.query.BatchSteps;
import io.icestream.spark.transform.StepGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Quarantined rows that are for the same tables, run through the pipeline: what each of them
 * becomes. Kept until it is closed.
 */
final class Judgement implements AutoCloseable {
  private final List<SinkDefinition> sinks;
  private final DecodedBatch decoded;
  private final BatchSteps steps;
  private final Dataset<Row> rows;

  private Judgement(
      List<SinkDefinition> sinks, DecodedBatch decoded, BatchSteps steps, Dataset<Row> rows) {
    this.sinks = sinks;
    this.decoded = decoded;
    this.steps = steps;
    this.rows = rows;
  }

  /**
   * Runs rows through the pipeline.
   *
   * @param spark has the lookups as views; the steps become views too
   * @param plan the pipeline, see {@link ReplayPlan}
   * @param graph its steps
   * @param quarantined stored rows; the same whenever read
   * @param sinks the tables that they are for
   */
  static Judgement of(
      SparkSession spark,
      QueryPlan plan,
      StepGraph graph,
      Dataset<Row> quarantined,
      List<SinkDefinition> sinks) {
    DecodedBatch decoded = DecodedBatch.of(records(quarantined), plan.source(), EventTimes.NONE);
    BatchSteps steps = null;
    try {
      steps = BatchSteps.run(spark, plan, graph, decoded);
      Dataset<Row> rows = judged(plan, steps, quarantined, sinks).persist();
      Judgement judgement = new Judgement(sinks, decoded, steps, rows);
      judgement.requireAll();
      return judgement;
    } catch (RuntimeException e) {
      if (steps != null) {
        steps.close();
      }
      decoded.close();
      throw e;
    }
  }

  /** The columns that {@link QuarantineClaims#claim} takes. */
  Dataset<Row> rows() {
    List<Column> columns = new ArrayList<>();
    QuarantineClaims.keyColumns().forEach(name -> columns.add(col(name)));
    QuarantineClaims.JUDGEMENT.forEach(name -> columns.add(col(name)));
    return rows.select(columns.toArray(Column[]::new));
  }

  /** The rows as they came out of the steps. */
  BatchSteps steps() {
    return steps;
  }

  long rowCount() {
    return rows.count();
  }

  /** The account of the rows for one sink; {@code written} is what an append would write. */
  Ledger ledger(SinkDefinition sink) {
    Row counts =
        rows.agg(
                count(lit(1)),
                count(when(array_contains(col("written"), sink.table()), 1)),
                count(when(isKeptFrom(sink), 1)))
            .head();
    long read = counts.getLong(0);
    long written = counts.getLong(1);
    long rejected = counts.getLong(2);
    return new Ledger(read, read, written, 0, read - written - rejected, 0, rejected, 0);
  }

  /** What becomes of the rows, as people want to know it. */
  ReplayReport report() {
    Column rejected = lit(sinks.isEmpty()).and(size(col("rejections")).gt(0));
    for (SinkDefinition sink : sinks) {
      rejected = rejected.or(isKeptFrom(sink));
    }
    ReplayReport report = ReplayReport.NONE;
    Column isWritten = size(col("written")).gt(0);
    Dataset<Row> outcomes =
        rows.select(
                when(rejected, "failed")
                    .otherwise(when(isWritten, "written").otherwise("filtered"))
                    .as("outcome"),
                when(rejected, col("rejections").getItem(0).getField("reason")).as("why"))
            .groupBy("outcome", "why")
            .count();
    for (Row row : outcomes.collectAsList()) {
      long n = row.getLong(2);
      report =
          report.and(
              switch (row.getString(0)) {
                case "failed" ->
                    new ReplayReport(0, 0, new TreeMap<>(Map.of(row.getString(1), n)), 0);
                case "written" -> new ReplayReport(n, 0, new TreeMap<>(), 0);
                default -> new ReplayReport(0, n, new TreeMap<>(), 0);
              });
    }
    return report;
  }

  @Override
  public void close() {
    rows.unpersist(false);
    steps.close();
    decoded.close();
  }

  /** A record that several rows come from is decoded once. */
  private static Dataset<Row> records(Dataset<Row> quarantined) {
    return quarantined
        .select(
            col("key"),
            col("payload").as("value"),
            col("topic"),
            col("partition"),
            col("offset"),
            col("timestamp"),
            lit(0).as("timestampType"),
            col("headers"))
        .dropDuplicates(new String[] {"topic", "partition", "offset", "value"});
  }

  private static Dataset<Row> judged(
      QueryPlan plan, BatchSteps steps, Dataset<Row> quarantined, List<SinkDefinition> sinks) {
    Column none = lit(null).cast("string");
    Dataset<Row> seen = at(steps.rows(plan.source().name()), none);
    for (SinkDefinition sink : sinks) {
      Dataset<Row> reached =
          sink.mode() == Mode.APPEND ? steps.rows(sink.from()) : steps.grouped(sink.from());
      seen = seen.unionByName(at(reached, lit(sink.table())));
    }
    Dataset<Row> rejected =
        select(
            steps.rejected(),
            none.as("_sink"),
            struct(
                    col(QuarantineRows.SINKS).as("sinks"),
                    col(DecodedColumns.STAGE).as("stage"),
                    col(DecodedColumns.REASON).as("reason"),
                    col(DecodedColumns.DETAIL).as("detail"))
                .as("_rejection"));
    Dataset<Row> fates =
        rejected
            .unionByName(seen, true)
            .groupBy(
                QuarantineRows.position().stream().map(n -> col("_" + n)).toArray(Column[]::new))
            .agg(collect_set("_sink").as("written"), collect_list("_rejection").as("rejections"));
    Dataset<Row> keys =
        quarantined
            .select(QuarantineClaims.keyColumns().stream().map(n -> col(n)).toArray(Column[]::new))
            .dropDuplicates();
    Column samePlace =
        QuarantineRows.position().stream()
            .map(name -> keys.col(name).eqNullSafe(fates.col("_" + name)))
            .reduce(Column::and)
            .orElseThrow();
    return keys.join(fates, samePlace, "left");
  }

  private static Dataset<Row> at(Dataset<Row> rows, Column sink) {
    return select(rows, sink.as("_sink"));
  }

  /** The places that rows come from, beside other columns. */
  private static Dataset<Row> select(Dataset<Row> rows, Column... others) {
    List<Column> columns = new ArrayList<>();
    for (String name : QuarantineRows.position()) {
      columns.add(col(DecodedColumns.SOURCE).getField(name).as("_" + name));
    }
    columns.addAll(List.of(others));
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Column isKeptFrom(SinkDefinition sink) {
    return exists(
        col("rejections"), rejection -> array_contains(rejection.getField("sinks"), sink.table()));
  }

  /** A stored payload that gives no row would be resolved without a reason. */
  private void requireAll() {
    long lost = rows.filter(col("written").isNull()).count();
    if (lost > 0) {
      throw new IllegalStateException(
          lost + " quarantined rows have payloads that decode to rows of other places in Kafka");
    }
  }
}
