/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.io.IOException;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.sql.catalyst.InternalRow;

/** Writes the rows of one task, in any order, to a file per partition of the table. */
final class RowWriter {
  private final Table table;
  private final PartitionFiles files;
  private boolean ended;

  /**
   * @param table where the files are to go
   * @param rows where they have the columns of the table
   * @param operation names the write, in the names of its files
   * @param task the task's number in the write
   * @param attempt a number that no other attempt at the task has
   */
  RowWriter(Table table, RowLayout rows, String operation, int task, long attempt) {
    this.table = table;
    FileFormat format = format(table);
    long size =
        PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    OutputFileFactory places =
        OutputFileFactory.builderFor(table, task, attempt)
            .format(format)
            .operationId(operation)
            .build();
    this.files =
        new PartitionFiles(table, rows, new RowFileWriters(table, format, rows), places, size);
  }

  static FileFormat format(Table table) {
    return FileFormat.fromString(
        table
            .properties()
            .getOrDefault(
                TableProperties.DEFAULT_FILE_FORMAT, TableProperties.DEFAULT_FILE_FORMAT_DEFAULT));
  }

  void write(InternalRow row) {
    files.write(row);
  }

  /** Ends the files and gives them out. */
  List<DataFile> finish() throws IOException {
    if (!ended) {
      ended = true;
      files.close();
    }
    return files.ended();
  }

  /**
   * Ends the files and deletes them.
   *
   * @param reason why; learns of what cannot be deleted
   */
  void discard(Throwable reason) {
    try {
      for (DataFile file : finish()) {
        table.io().deleteFile(file.location());
      }
    } catch (IOException | RuntimeException e) {
      reason.addSuppressed(e);
    }
  }
}
