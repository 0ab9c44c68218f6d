/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.Map;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.RegistryBasedFileWriterFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Makes writers of data files for rows of Spark; what a table's properties say of files holds. */
final class RowFileWriters extends RegistryBasedFileWriterFactory<InternalRow, StructType> {
  private static final long serialVersionUID = 1;

  /**
   * @param table where the files are to go
   * @param format of the files
   * @param columns of the rows: those of the table, in its order
   */
  RowFileWriters(Table table, FileFormat format, StructType columns) {
    super(
        table,
        format,
        InternalRow.class,
        table.schema(),
        table.sortOrder(),
        format,
        null,
        null,
        null,
        Map.of(),
        columns,
        null);
  }
}
