/* SPDX-License-Identifier: MIT */
package io.icestream.spark.kept;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that are worked out once and kept until they are closed. Plans over them are small: how they
 * came about is no part of these.
 *
 * @param <C> what is counted of the rows of a task
 */
public final class KeptRows<C extends Serializable> implements AutoCloseable {
  private final JavaRDD<KeptTask<C>> kept;
  private final JavaRDD<InternalRow> internal;
  private final Dataset<Row> rows;

  private KeptRows(JavaRDD<KeptTask<C>> kept, JavaRDD<InternalRow> internal, Dataset<Row> rows) {
    this.kept = kept;
    this.internal = internal;
    this.rows = rows;
  }

  /**
   * Makes what counts the rows of a task. Sent to the tasks.
   *
   * @param <C> what is counted
   */
  @FunctionalInterface
  public interface Counting<C> extends Serializable {
    /** A counter that has seen no row. */
    RowCounter<C> begin();
  }

  /**
   * Keeps rows from their first reading on, and has them counted on the way.
   *
   * @param spark the session of what is made of them
   * @param rows what to keep; a row need only be good until the next one is taken
   * @param columns of the rows; a row may have more, which are not kept
   * @param counting counts them, and says which are kept
   */
  public static <C extends Serializable> KeptRows<C> of(
      SparkSession spark, JavaRDD<InternalRow> rows, StructType columns, Counting<C> counting) {
    JavaRDD<KeptTask<C>> kept =
        rows.mapPartitions(new Keeping<>(columns, counting))
            .persist(StorageLevel.MEMORY_AND_DISK());
    JavaRDD<InternalRow> internal = kept.flatMap(task -> task.rows().rows());
    return new KeptRows<>(
        kept, internal, spark.internalCreateDataFrame(internal.rdd(), columns, false));
  }

  /** Keeps the rows of a dataset from their first reading on. */
  public static KeptRows<Long> of(Dataset<Row> rows) {
    return of(
        rows.sparkSession(),
        rows.queryExecution().toRdd().toJavaRDD(),
        rows.schema(),
        NumberOfRows::new);
  }

  /** The rows, to be queried. */
  public Dataset<Row> rows() {
    return rows;
  }

  /** The rows of each task as Spark has them inside; one is only good until the next is taken. */
  public JavaRDD<InternalRow> internal() {
    return internal;
  }

  /** The counts of each task. Reads the rows if nobody has. */
  public List<C> counts() {
    return kept.map(KeptTask::counts).collect();
  }

  @Override
  public void close() {
    kept.unpersist(false);
  }

  private static final class NumberOfRows implements RowCounter<Long> {
    private long number;

    @Override
    public boolean count(InternalRow row) {
      number++;
      return true;
    }

    @Override
    public Long counts() {
      return number;
    }
  }
}
