/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileWriterFactory;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.RollingDataWriter;
import org.apache.spark.sql.catalyst.InternalRow;

/** The files of one task: one at a time for each partition that its rows are in. */
final class PartitionFiles implements Closeable {
  private final Table table;
  private final FileWriterFactory<InternalRow> writers;
  private final OutputFileFactory places;
  private final long size;
  private final PartitionSpec spec;
  private final PartitionKey key;
  private final RowStruct struct;
  private final PartitionProbe probe;
  private final Map<PartitionKey, RollingDataWriter<InternalRow>> open = new HashMap<>();
  private RollingDataWriter<InternalRow> current;

  /**
   * @param table where the files are to go
   * @param rows where they have the columns of the table
   * @param writers open files
   * @param places name files
   * @param size of a file, in bytes, at which the next one is begun
   */
  PartitionFiles(
      Table table,
      RowLayout rows,
      FileWriterFactory<InternalRow> writers,
      OutputFileFactory places,
      long size) {
    this.table = table;
    this.writers = writers;
    this.places = places;
    this.size = size;
    this.spec = table.spec();
    this.key = new PartitionKey(spec, table.schema());
    this.struct = new RowStruct(rows);
    this.probe = PartitionProbe.of(spec, table.schema(), rows);
  }

  void write(InternalRow row) {
    if (!probe.stays(row)) {
      key.partition(struct.show(row));
      current = open.get(key);
      if (current == null) {
        PartitionKey partition = key.copy();
        current = new RollingDataWriter<>(writers, places, table.io(), size, spec, partition);
        open.put(partition, current);
      }
    }
    current.write(row);
  }

  /** Ends the files. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (RollingDataWriter<InternalRow> writer : open.values()) {
      try {
        writer.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** The files, once they are ended. */
  List<DataFile> ended() {
    List<DataFile> files = new ArrayList<>();
    open.values().forEach(writer -> files.addAll(writer.result().dataFiles()));
    return files;
  }
}
