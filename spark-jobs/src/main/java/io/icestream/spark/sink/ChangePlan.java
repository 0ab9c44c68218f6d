/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.icestream.spark.commit.ChangeMerge;
import io.icestream.spark.commit.Deletions;
import io.icestream.spark.commit.KeyBound;
import io.icestream.spark.kept.KeptRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** What changes do to the tables of a sink as they are, worked out and not yet done. */
final class ChangePlan implements AutoCloseable {
  /** Up to so many changes are sent to where the table is read, so that it stays there. */
  private static final long MOST_SENT = 200_000;

  private final ChangeTable layout;
  private final KeptRows<Long> outcomes;
  private final List<KeyBound> bounds;
  private final OutcomeCounts counts;

  private ChangePlan(
      ChangeTable layout, KeptRows<Long> outcomes, List<KeyBound> bounds, OutcomeCounts counts) {
    this.layout = layout;
    this.outcomes = outcomes;
    this.bounds = bounds;
    this.counts = counts;
  }

  /**
   * Works out what changes do.
   *
   * @param layout the tables
   * @param changes elements
   * @param empty whether the tables are to be taken as empty
   */
  static ChangePlan of(ChangeTable layout, KeptRows<Long> changes, boolean empty) {
    BatchKeys keys = BatchKeys.of(changes, layout.shape().data(), layout.sink().key());
    Dataset<Row> all = changes.rows();
    if (!empty && keys.rows() > 0) {
      all =
          all.union(
              ofKeys(stored(all.sparkSession(), layout, keys.bounds()), changes, keys, layout));
    }
    KeptRows<Long> outcomes =
        KeptRows.of(
            sorted(all, layout, keys.hasTombstones())
                .mapPartitions(
                    new Fold(layout.sink(), layout.shape()),
                    Encoders.row(Outcome.columns(layout.shape().data(), layout.shape().order()))));
    return new ChangePlan(layout, outcomes, keys.bounds(), OutcomeCounts.of(outcomes));
  }

  OutcomeCounts counts() {
    return counts;
  }

  /** The changes of the sink's table; empty if it stays as it is. */
  Optional<ChangeMerge> merge() {
    if (counts.inserted() + counts.changed() == 0) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>(List.of(layout.outcome(layout.columns())));
    columns.add(col("_action").as(ChangeMerge.ACTION));
    Dataset<Row> rows =
        outcomes
            .rows()
            .filter(col("_action").isin(Outcome.INSERT, Outcome.UPDATE, Outcome.DELETE))
            .select(columns.toArray(Column[]::new));
    return Optional.of(new ChangeMerge(rows, layout.identity(), bounds, counts.changed() == 0));
  }

  /** The rows that an empty table would get. */
  Dataset<Row> inserted() {
    return outcomes
        .rows()
        .filter(col("_action").equalTo(Outcome.INSERT))
        .select(layout.outcome(layout.columns()));
  }

  /** The deletions that the table of deletions does not have; to be added before any change. */
  Optional<Deletions> deletions() {
    if (counts.remembered() == 0) {
      return Optional.empty();
    }
    Dataset<Row> rows =
        outcomes
            .rows()
            .filter(col("_action").equalTo(Outcome.REMEMBER))
            .select(layout.outcome(layout.deletionColumns()));
    return Optional.of(new Deletions(layout.deletions().orElseThrow(), rows));
  }

  @Override
  public void close() {
    outcomes.close();
  }

  private static Dataset<Row> stored(
      SparkSession spark, ChangeTable layout, List<KeyBound> bounds) {
    Dataset<Row> rows =
        Elements.ofRows(bounded(spark.table(layout.sink().table()), bounds), layout);
    return layout
        .deletions()
        .map(name -> Elements.ofDeletions(bounded(spark.table(name), bounds), layout))
        .map(rows::union)
        .orElse(rows);
  }

  private static Dataset<Row> bounded(Dataset<Row> table, List<KeyBound> bounds) {
    Dataset<Row> rows = table;
    for (KeyBound bound : bounds) {
      rows = rows.filter(bound.sql());
    }
    return rows;
  }

  /** What is stored of the keys that change, and perhaps of others, to which nothing happens. */
  private static Dataset<Row> ofKeys(
      Dataset<Row> stored, KeptRows<Long> changes, BatchKeys found, ChangeTable layout) {
    if (found.areFew()) {
      return stored;
    }
    Dataset<Row> wanted = changes.rows().select(keys(layout));
    Column same = lit(true);
    for (String key : layout.sink().key()) {
      same = same.and(stored.col("_data").getField(key).equalTo(wanted.col("`" + key + "`")));
    }
    return stored.join(
        found.rows() <= MOST_SENT ? broadcast(wanted) : wanted.distinct(), same, "left_semi");
  }

  /**
   * By key and position. Where the declared order does not decide between Kafka partitions, the one
   * with the youngest record is the newer: keys move when partitions are added to a topic.
   */
  private static Dataset<Row> sorted(
      Dataset<Row> elements, ChangeTable layout, boolean tombstones) {
    Column[] keys = keys(layout);
    Dataset<Row> rows = elements.repartition(keys);
    Column partition = col("_kafka.partition");
    if (tombstones && !layout.shape().order().isEmpty()) {
      WindowSpec before =
          Window.partitionBy(with(keys, partition))
              .orderBy(col("_kafka.offset"), col("_kafka.line"), col("_kind").desc())
              .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
      rows =
          rows.withColumn(
              "_order",
              when(col("_kind").equalTo(Element.TOMBSTONE), last(col("_order"), true).over(before))
                  .otherwise(col("_order")));
    }
    WindowSpec together = Window.partitionBy(with(keys, col("_order"), partition));
    rows = rows.withColumn("_youngest", max(col("_kafka.timestamp")).over(together));
    return rows.sortWithinPartitions(
            with(
                keys,
                col("_order"),
                col("_youngest"),
                partition,
                col("_kafka.offset"),
                col("_kafka.line"),
                col("_kind").desc()))
        .drop("_youngest");
  }

  private static Column[] keys(ChangeTable layout) {
    return layout.sink().key().stream()
        .map(key -> col("_data").getField(key).as(key))
        .toArray(Column[]::new);
  }

  private static Column[] with(Column[] first, Column... others) {
    List<Column> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(others));
    return all.toArray(Column[]::new);
  }
}
