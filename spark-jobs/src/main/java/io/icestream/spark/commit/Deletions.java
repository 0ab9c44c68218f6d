/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Deletions of rows that have to be remembered. They are true whoever adds them and when, so they
 * take no part in the fence; whoever reads them makes nothing of one that is there twice.
 *
 * @param table where they are remembered
 * @param rows in the columns of the table
 */
public record Deletions(String table, Dataset<Row> rows) {
  public Deletions {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(rows, "rows");
  }

  /** Adds them to the table. */
  public void remember() {
    IcebergTables.append(rows.sparkSession(), table, rows);
  }
}
