/* SPDX-License-Identifier: MIT */
package io.icestream.spark.replay;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import io.icestream.spark.commit.QuarantineClaims;
import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.decode.DecodedBatch;
import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.query.BatchSteps;
import io.icestream.spark.replay.Fates.Fate;
import io.icestream.spark.replay.Fates.Rejection;
import io.icestream.spark.sink.Admission;
import io.icestream.spark.sink.SinkWrite;
import io.icestream.spark.transform.StepGraph;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Quarantined rows that are for the same tables, run through the pipeline: what each of them
 * becomes. Kept until it is closed.
 */
final class Judgement implements AutoCloseable {
  private final DecodedBatch decoded;
  private final BatchSteps steps;
  private final Dataset<Row> rows;
  private final Fates fates;

  private Judgement(DecodedBatch decoded, BatchSteps steps, Dataset<Row> rows, Fates fates) {
    this.decoded = decoded;
    this.steps = steps;
    this.rows = rows;
    this.fates = fates;
  }

  /**
   * Runs rows through the pipeline.
   *
   * @param spark has the lookups as views; the steps become views too
   * @param plan the pipeline, see {@link ReplayPlan}
   * @param graph its steps
   * @param quarantined stored rows; the same whenever read
   * @param sinks the sinks that they are for
   * @param admission says which tables there are
   */
  static Judgement of(
      SparkSession spark,
      QueryPlan plan,
      StepGraph graph,
      Dataset<Row> quarantined,
      List<SinkWrite> sinks,
      Admission admission) {
    DecodedBatch decoded = DecodedBatch.of(records(quarantined), plan.source(), EventTimes.NONE);
    BatchSteps steps = null;
    try {
      steps = BatchSteps.run(spark, plan, graph, decoded);
      steps.admit(sinks, admission);
      // Cut off from the plan that made them, which is long, and from the table that they change
      Dataset<Row> rows = judged(plan, steps, quarantined, sinks).localCheckpoint();
      return new Judgement(decoded, steps, rows, fates(rows, sinks));
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

  /** How many rows become what. */
  Fates fates() {
    return fates;
  }

  @Override
  public void close() {
    steps.close();
    decoded.close();
  }

  /** In the columns of {@code RawRecord}; what several rows come from is decoded once. */
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
            col("headers"),
            col("line"))
        .dropDuplicates(QuarantineRows.position().toArray(String[]::new));
  }

  private static Dataset<Row> judged(
      QueryPlan plan, BatchSteps steps, Dataset<Row> quarantined, List<SinkWrite> sinks) {
    Column none = lit(null).cast("string");
    Dataset<Row> seen = at(steps.rows(plan.source().name()), none);
    for (SinkWrite write : sinks) {
      seen = seen.unionByName(at(write.reached(steps), lit(write.sink().table())));
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

  private static Fates fates(Dataset<Row> rows, List<SinkWrite> sinks) {
    List<Fate> fates = new ArrayList<>();
    for (Row row :
        rows.groupBy(
                array_sort(col("written")).as("written"),
                transform(
                        col("rejections"),
                        r ->
                            struct(r.getField("sinks").as("sinks"), r.getField("reason").as("why")))
                    .as("rejections"))
            .count()
            .collectAsList()) {
      if (row.isNullAt(0)) {
        // It would be resolved without a reason
        throw new IllegalStateException(
            row.getLong(2)
                + " quarantined rows have payloads that decode to rows of other places in Kafka");
      }
      List<Rejection> rejections =
          row.<Row>getList(1).stream()
              .map(rejection -> new Rejection(rejection.getList(0), rejection.getString(1)))
              .toList();
      fates.add(new Fate(row.getList(0), rejections, row.getLong(2)));
    }
    return new Fates(sinks.stream().map(write -> write.sink().table()).toList(), fates);
  }
}
