/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.TripleWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnWriteStore;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Writes rows of Spark to the columns of a Parquet file, each as Iceberg's writer for Spark does.
 */
final class RowColumns implements ParquetValueWriter<InternalRow> {
  private final NestedCell[] cells;

  private RowColumns(List<NestedCell> cells) {
    this.cells = cells.toArray(NestedCell[]::new);
  }

  /**
   * Makes a writer.
   *
   * @param rows where they have the columns of the table
   * @param file the columns of the file, in the order of the table's
   */
  static RowColumns of(RowLayout rows, MessageType file) {
    List<NestedCell> cells = new ArrayList<>();
    for (int i = 0; i < file.getFieldCount(); i++) {
      cells.add(new NestedCell(file.getType(i), rows.column(i), rows.ordinal(i)));
    }
    return new RowColumns(cells);
  }

  @Override
  public void write(int repetitionLevel, InternalRow row) {
    for (NestedCell cell : cells) {
      cell.write(row);
    }
  }

  @Override
  public List<TripleWriter<?>> columns() {
    List<TripleWriter<?>> all = new ArrayList<>();
    for (NestedCell cell : cells) {
      all.addAll(cell.columns());
    }
    return all;
  }

  @Override
  public void setColumnStore(ColumnWriteStore store) {
    for (NestedCell cell : cells) {
      cell.setColumnStore(store);
    }
  }

  @Override
  public Stream<FieldMetrics<?>> metrics() {
    return Stream.of(cells).flatMap(NestedCell::metrics);
  }
}
