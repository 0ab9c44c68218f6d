/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.ClusteredDataWriter;
import org.apache.iceberg.io.DataWriteResult;
import org.apache.iceberg.io.FanoutDataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.PartitioningWriter;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Writes the rows of one task, in any order, to a file per partition of the table. */
final class RowWriter implements Closeable {
  private final Table table;
  private final PartitioningWriter<InternalRow, DataWriteResult> files;
  private final PartitionSpec spec;
  private final PartitionKey key;
  private final RowStruct struct;
  private boolean closed;

  /**
   * @param table where the files are to go
   * @param columns of the rows: those of the table, in its order
   * @param operation names the write, in the names of its files
   * @param task the task's number in the write
   * @param attempt a number that no other attempt at the task has
   */
  RowWriter(Table table, StructType columns, String operation, int task, long attempt) {
    this.table = table;
    this.spec = table.spec();
    this.key = new PartitionKey(spec, table.schema());
    this.struct = new RowStruct(columns);
    FileFormat format = format(table);
    long size =
        PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    RowFileWriters writers = new RowFileWriters(table, format, columns);
    OutputFileFactory places =
        OutputFileFactory.builderFor(table, task, attempt)
            .format(format)
            .operationId(operation)
            .build();
    this.files =
        spec.isPartitioned()
            ? new FanoutDataWriter<>(writers, places, table.io(), size)
            : new ClusteredDataWriter<>(writers, places, table.io(), size);
  }

  private static FileFormat format(Table table) {
    return FileFormat.fromString(
        table
            .properties()
            .getOrDefault(
                TableProperties.DEFAULT_FILE_FORMAT, TableProperties.DEFAULT_FILE_FORMAT_DEFAULT));
  }

  void write(InternalRow row) {
    files.write(row, spec, partition(row));
  }

  private StructLike partition(InternalRow row) {
    if (spec.isPartitioned()) {
      key.partition(struct.show(row));
    }
    return key;
  }

  /** Ends the files and gives them out. */
  List<DataFile> finish() throws IOException {
    close();
    return files.result().dataFiles();
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

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      files.close();
    }
  }
}
