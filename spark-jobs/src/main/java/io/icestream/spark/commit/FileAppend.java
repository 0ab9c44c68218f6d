/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.files.RowFiles;
import java.util.List;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits data files to the table that they were written for. */
final class FileAppend {
  private static final Logger LOG = LoggerFactory.getLogger(FileAppend.class);

  private FileAppend() {}

  /**
   * Appends rows. If the commit is refused, its files are deleted; if nobody can say whether it was
   * made, they stay.
   *
   * @param table the table
   * @param rows its columns, in its order
   */
  static void append(Table table, Dataset<Row> rows) {
    append(table, RowFiles.write(table, rows));
  }

  /** As {@link #append(Table, Dataset)}, of rows that are in files already. */
  static void append(Table table, List<DataFile> files) {
    AppendFiles append;
    try {
      // Never stops to merge manifests: upkeep does that beside the commits
      append = table.newFastAppend();
      files.forEach(append::appendFile);
    } catch (RuntimeException e) {
      delete(table, files);
      throw e;
    }
    try {
      append.commit();
    } catch (RuntimeException e) {
      if (e instanceof CleanableFailure) {
        delete(table, files);
      }
      throw e;
    }
  }

  /** Deletes files that are in no snapshot, as far as the store lets it. */
  static void delete(Table table, List<DataFile> files) {
    for (DataFile file : files) {
      try {
        table.io().deleteFile(file.location());
      } catch (RuntimeException e) {
        LOG.warn("A file that was not committed stays: {}", file.location(), e);
      }
    }
  }
}
