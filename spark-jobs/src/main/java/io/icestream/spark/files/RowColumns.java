/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.TripleWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnWriteStore;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Writes rows of Spark to the columns of a Parquet file. Iceberg's own writer for Spark asks a row
 * for each value as an object; this one makes none for plain columns, and leaves others to it.
 */
final class RowColumns implements ParquetValueWriter<InternalRow> {
  private final RowCell[] cells;

  private RowColumns(List<RowCell> cells) {
    this.cells = cells.toArray(RowCell[]::new);
  }

  /**
   * Makes a writer.
   *
   * @param schema of the table
   * @param rows where they have the columns of the table
   * @param file the columns of the file, by the ids of the schema
   */
  static RowColumns of(Schema schema, RowLayout rows, MessageType file) {
    List<RowCell> cells = new ArrayList<>();
    List<NestedField> fields = schema.columns();
    for (int i = 0; i < fields.size(); i++) {
      int position = i;
      Type.ID id = new Type.ID(fields.get(i).fieldId());
      file.getFields().stream()
          .filter(type -> id.equals(type.getId()))
          .map(type -> cell(file, type, rows, position))
          .forEach(cells::add);
    }
    return new RowColumns(cells);
  }

  private static RowCell cell(MessageType file, Type type, RowLayout rows, int position) {
    int ordinal = rows.ordinal(position);
    return PlainCell.of(file, type, rows.type(position), ordinal)
        .orElseGet(() -> new NestedCell(type, rows.column(position), ordinal));
  }

  @Override
  public void write(int repetitionLevel, InternalRow row) {
    for (RowCell cell : cells) {
      cell.write(row);
    }
  }

  @Override
  public List<TripleWriter<?>> columns() {
    List<TripleWriter<?>> all = new ArrayList<>();
    for (RowCell cell : cells) {
      all.addAll(cell.columns());
    }
    return all;
  }

  @Override
  public void setColumnStore(ColumnWriteStore store) {
    for (RowCell cell : cells) {
      cell.setColumnStore(store);
    }
  }

  @Override
  public Stream<FieldMetrics<?>> metrics() {
    return Stream.of(cells).flatMap(RowCell::metrics);
  }
}
