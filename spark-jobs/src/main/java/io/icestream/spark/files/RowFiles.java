/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.List;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Writes rows to data files, in the tasks that have the rows unless their partitions are many.
 * Spark's own writing plans each write anew, sends rows to other tasks by their partition, and
 * gives executors new clients of the store each time, which costs small batches more than their
 * rows do.
 */
public final class RowFiles {
  private RowFiles() {}

  /**
   * Writes rows.
   *
   * @param table where the files are to go
   * @param rows its columns, in its order
   * @return the files; none without rows
   */
  public static List<DataFile> write(Table table, Dataset<Row> rows) {
    Broadcast<Table> shared = SharedTables.share(rows.sparkSession(), table);
    JavaRDD<InternalRow> placed = rows.queryExecution().toRdd().toJavaRDD();
    if (placed.getNumPartitions() > 1 && Spread.isWide(table)) {
      placed = PartitionHashes.gather(shared, rows);
    }
    List<DataFile> files =
        placed
            .mapPartitions(new RowTask(shared, rows.schema(), UUID.randomUUID().toString()))
            .collect();
    Spread.note(table, files);
    return files;
  }
}
