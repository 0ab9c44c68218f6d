/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.parquet.TripleWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnWriteStore;
import org.apache.spark.sql.catalyst.InternalRow;

/** Writes what a row has in one top-level column. */
interface RowCell {
  /** Writes the column of a row. */
  void write(InternalRow row);

  /** The columns of the file; several if the column is nested. */
  List<TripleWriter<?>> columns();

  /** Where the values go from now on. */
  void setColumnStore(ColumnWriteStore store);

  /** What the file's footer does not tell of the values. */
  Stream<FieldMetrics<?>> metrics();
}
