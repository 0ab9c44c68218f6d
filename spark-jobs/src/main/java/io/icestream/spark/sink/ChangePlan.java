/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.icestream.spark.commit.ChangeMerge;
import io.icestream.spark.commit.KeyBound;
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
import org.apache.spark.sql.types.DataType;
import org.apache.spark.storage.StorageLevel;

/** What changes do to the tables of a sink as they are, worked out and not yet done. */
final class ChangePlan implements AutoCloseable {
  /** Up to so many values of a key column are looked for one by one. */
  private static final int FEW = 64;

  private final ChangeTable layout;
  private final Dataset<Row> outcomes;
  private final List<KeyBound> bounds;
  private final Row counts;

  private ChangePlan(ChangeTable layout, Dataset<Row> outcomes, List<KeyBound> bounds, Row counts) {
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
  static ChangePlan of(ChangeTable layout, Dataset<Row> changes, boolean empty) {
    Summary summary = Summary.of(layout, changes);
    Dataset<Row> all = changes;
    if (!empty && summary.rows() > 0) {
      SparkSession spark = changes.sparkSession();
      Dataset<Row> stored =
          Elements.ofRows(bounded(spark.table(layout.sink().table()), summary.bounds()), layout);
      if (layout.deletions().isPresent()) {
        Dataset<Row> deletions = spark.table(layout.deletions().get());
        stored = stored.union(Elements.ofDeletions(bounded(deletions, summary.bounds()), layout));
      }
      all = changes.union(ofKeys(stored, changes, layout));
    }
    Dataset<Row> outcomes =
        sorted(all, layout, summary.tombstones())
            .mapPartitions(
                new Fold(layout.sink(), layout.shape()),
                Encoders.row(Outcome.columns(layout.shape().data(), layout.shape().order())))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Row counts =
        outcomes
            .agg(
                coalesce(sum("_written"), lit(0L)),
                coalesce(sum("_updated"), lit(0L)),
                coalesce(sum("_deduplicated"), lit(0L)),
                count(when(col("_action").equalTo(Outcome.INSERT), 1)),
                count(when(col("_action").isin(Outcome.UPDATE, Outcome.DELETE), 1)),
                count(when(col("_action").equalTo(Outcome.REMEMBER), 1)))
            .head();
    return new ChangePlan(layout, outcomes, summary.bounds(), counts);
  }

  long written() {
    return counts.getLong(0);
  }

  long updated() {
    return counts.getLong(1);
  }

  long deduplicated() {
    return counts.getLong(2);
  }

  /** The changes of the sink's table; empty if it stays as it is. */
  Optional<ChangeMerge> merge() {
    if (counts.getLong(3) + counts.getLong(4) == 0) {
      return Optional.empty();
    }
    Dataset<Row> rows =
        outcomes
            .filter(col("_action").isin(Outcome.INSERT, Outcome.UPDATE, Outcome.DELETE))
            .select(withAction(layout.outcome(layout.columns())));
    return Optional.of(new ChangeMerge(rows, layout.identity(), bounds, counts.getLong(4) == 0));
  }

  /** The rows that an empty table would get. */
  Dataset<Row> inserted() {
    return outcomes
        .filter(col("_action").equalTo(Outcome.INSERT))
        .select(layout.outcome(layout.columns()));
  }

  /** Remembers the deletions; before the table changes, since none may be forgotten. */
  void remember() {
    if (counts.getLong(5) > 0) {
      Dataset<Row> rows =
          outcomes
              .filter(col("_action").equalTo(Outcome.REMEMBER))
              .select(withAction(layout.outcome(layout.deletionColumns())));
      new ChangeMerge(rows, layout.deletionIdentity(), bounds, false)
          .remember(layout.deletions().orElseThrow());
    }
  }

  @Override
  public void close() {
    outcomes.unpersist(false);
  }

  private static Column[] withAction(Column[] columns) {
    List<Column> all = new ArrayList<>(List.of(columns));
    all.add(col("_action").as(ChangeMerge.ACTION));
    return all.toArray(Column[]::new);
  }

  private static Dataset<Row> bounded(Dataset<Row> table, List<KeyBound> bounds) {
    Dataset<Row> rows = table;
    for (KeyBound bound : bounds) {
      rows = rows.filter(bound.sql());
    }
    return rows;
  }

  private static Dataset<Row> ofKeys(
      Dataset<Row> stored, Dataset<Row> changes, ChangeTable layout) {
    Column[] keys = keys(layout);
    Dataset<Row> wanted = changes.select(keys).distinct();
    Column same = lit(true);
    for (String key : layout.sink().key()) {
      same = same.and(stored.col("_data").getField(key).equalTo(wanted.col("`" + key + "`")));
    }
    return stored.join(wanted, same, "left_semi");
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

  /** What has to be known of changes before they are put together. */
  private record Summary(long rows, boolean tombstones, List<KeyBound> bounds) {
    static Summary of(ChangeTable layout, Dataset<Row> changes) {
      List<String> keys =
          layout.sink().key().stream().filter(key -> KeyBound.isFor(type(layout, key))).toList();
      List<Column> columns = new ArrayList<>();
      columns.add(count(when(col("_kind").equalTo(Element.TOMBSTONE), 1)));
      for (String key : keys) {
        Column value = col("_data").getField(key);
        columns.addAll(List.of(min(value), max(value), approx_count_distinct(value)));
      }
      Row row = changes.agg(count(lit(1)), columns.toArray(Column[]::new)).head();
      List<KeyBound> bounds = new ArrayList<>();
      for (int i = 0; i < keys.size() && row.getLong(0) > 0; i++) {
        DataType type = type(layout, keys.get(i));
        if (row.getLong(4 + 3 * i) <= FEW) {
          Column values = collect_set(col("_data").getField(keys.get(i)));
          List<?> found = changes.agg(values).head().getList(0);
          bounds.add(KeyBound.in(keys.get(i), type, found));
        } else {
          bounds.add(KeyBound.between(keys.get(i), type, row.get(2 + 3 * i), row.get(3 + 3 * i)));
        }
      }
      return new Summary(row.getLong(0), row.getLong(1) > 0, bounds);
    }

    private static DataType type(ChangeTable layout, String key) {
      return layout.shape().data().apply(key).dataType();
    }
  }
}
