/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnWriteStore;
import org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.PageWriteStore;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type;
import org.apache.spark.sql.catalyst.InternalRow;

/** The columns of a file that {@link ColumnPages} does not write, if there are any. */
final class NestedColumns {
  private final NestedCell[] cells;
  private final MessageType type;
  private final ParquetProperties properties;
  private ColumnWriteStore store;

  NestedColumns(List<NestedCell> cells, List<Type> types, ParquetSettings settings) {
    this.cells = cells.toArray(NestedCell[]::new);
    this.type = new MessageType("table", types);
    this.properties =
        ParquetProperties.builder()
            .withPageSize(settings.pages().bytes())
            .withPageRowCountLimit(settings.pages().rows())
            .withDictionaryPageSize(settings.pages().dictionary())
            .withDictionaryEncoding(settings.dictionaries())
            .build();
  }

  /** Begins a row group. */
  void begin(PageWriteStore pages) {
    if (cells.length > 0) {
      store = properties.newColumnWriteStore(type, pages);
      for (NestedCell cell : cells) {
        cell.setColumnStore(store);
      }
    }
  }

  void add(InternalRow row) {
    if (cells.length > 0) {
      for (NestedCell cell : cells) {
        cell.write(row);
      }
      store.endRecord();
    }
  }

  /** Ends a row group. */
  void end() {
    if (cells.length > 0) {
      store.flush();
      store.close();
    }
  }

  /** What the row group takes so far, in bytes. */
  long size() {
    return cells.length > 0 ? store.getBufferedSize() : 0;
  }

  /** What the file's footer does not tell. */
  Stream<FieldMetrics<?>> metrics() {
    return Stream.of(cells).flatMap(NestedCell::metrics);
  }
}
