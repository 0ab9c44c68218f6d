/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Writes the rows of each task; a task that fails leaves no file behind if it can. */
final class RowTask implements FlatMapFunction<Iterator<InternalRow>, DataFile> {
  private static final long serialVersionUID = 1;

  private final Broadcast<Table> table;
  private final StructType columns;
  private final String operation;

  /**
   * @param table where the files are to go
   * @param columns of the rows: those of the table, in its order
   * @param operation names the write, in the names of its files
   */
  RowTask(Broadcast<Table> table, StructType columns, String operation) {
    this.table = table;
    this.columns = columns;
    this.operation = operation;
  }

  @Override
  public Iterator<DataFile> call(Iterator<InternalRow> rows) {
    if (!rows.hasNext()) {
      return List.<DataFile>of().iterator();
    }
    TaskContext task = TaskContext.get();
    RowWriter writer =
        new RowWriter(
            table.value(),
            RowLayout.same(columns),
            operation,
            task.partitionId(),
            task.taskAttemptId());
    try {
      while (rows.hasNext()) {
        writer.write(rows.next());
      }
      return writer.finish().iterator();
    } catch (IOException e) {
      writer.discard(e);
      throw new UncheckedIOException("Rows could not be written", e);
    } catch (RuntimeException | Error e) {
      writer.discard(e);
      throw e;
    }
  }
}
