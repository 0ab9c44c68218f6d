/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.TripleWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnWriteStore;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type;
import org.apache.iceberg.spark.data.SparkParquetWriters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A top-level column of rows, as Iceberg's writer for Spark writes it. */
final class NestedCell {
  private final StructField column;
  private final int ordinal;
  private final GenericInternalRow alone = new GenericInternalRow(1);
  private final ParquetValueWriter<InternalRow> writer;

  /**
   * @param type in the file
   * @param column in the rows
   * @param ordinal of the column in the rows, or {@link RowLayout#ABSENT}
   */
  NestedCell(Type type, StructField column, int ordinal) {
    this.column = column;
    this.ordinal = ordinal;
    this.writer =
        SparkParquetWriters.buildWriter(
            new StructType(new StructField[] {column}), new MessageType("table", type));
  }

  void write(InternalRow row) {
    boolean isNull = ordinal == RowLayout.ABSENT || row.isNullAt(ordinal);
    alone.update(0, isNull ? null : row.get(ordinal, column.dataType()));
    writer.write(0, alone);
  }

  List<TripleWriter<?>> columns() {
    return writer.columns();
  }

  void setColumnStore(ColumnWriteStore store) {
    writer.setColumnStore(store);
  }

  Stream<FieldMetrics<?>> metrics() {
    return writer.metrics();
  }
}
