/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.RegistryBasedFileWriterFactory;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.encryption.NativeEncryptionOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Makes writers of data files for rows of Spark; what a table's properties say of files holds. */
final class RowFileWriters extends RegistryBasedFileWriterFactory<InternalRow, StructType> {
  private static final long serialVersionUID = 1;

  private final transient Table table;
  private final FileFormat format;
  private final RowLayout rows;
  private final transient Optional<ParquetSettings> settings;

  /**
   * @param table where the files are to go
   * @param format of the files
   * @param rows where they have the columns of the table; only Parquet files can be written from
   *     rows that have them elsewhere
   */
  RowFileWriters(Table table, FileFormat format, RowLayout rows) {
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
        rows.columns(),
        null);
    this.table = table;
    this.format = format;
    this.rows = rows;
    this.settings = ParquetSettings.of(table);
  }

  @Override
  public DataWriter<InternalRow> newDataWriter(
      EncryptedOutputFile file, PartitionSpec spec, StructLike partition) {
    if (format != FileFormat.PARQUET) {
      return super.newDataWriter(file, spec, partition);
    }
    try {
      if (settings.isPresent() && !(file instanceof NativeEncryptionOutputFile)) {
        return new DataWriter<>(
            new ParquetRows(table, rows, settings.get(), file.encryptingOutputFile()),
            format,
            file.encryptingOutputFile().location(),
            spec,
            partition,
            file.keyMetadata(),
            table.sortOrder());
      }
      return Parquet.writeData(file)
          .forTable(table)
          .createWriterFunc((schema, columnsOfFile) -> RowColumns.of(rows, columnsOfFile))
          .withSpec(spec)
          .withPartition(partition)
          .withKeyMetadata(file.keyMetadata())
          .withSortOrder(table.sortOrder())
          .overwrite()
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "No file can be opened at " + file.encryptingOutputFile().location(), e);
    }
  }
}
