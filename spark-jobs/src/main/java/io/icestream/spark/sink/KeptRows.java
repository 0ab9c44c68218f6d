/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that are worked out once and kept until they are closed. Plans over them are small: how they
 * came about is no part of these.
 *
 * @param kept the rows, as Spark has them inside
 * @param rows the same, to be queried
 */
record KeptRows(JavaRDD<InternalRow> kept, Dataset<Row> rows) implements AutoCloseable {
  static KeptRows of(Dataset<Row> rows) {
    JavaRDD<InternalRow> kept =
        rows.queryExecution()
            .toRdd()
            .toJavaRDD()
            .map(InternalRow::copy)
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new KeptRows(
        kept, rows.sparkSession().internalCreateDataFrame(kept.rdd(), rows.schema(), false));
  }

  @Override
  public void close() {
    kept.unpersist(false);
  }
}
