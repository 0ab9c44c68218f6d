/* SPDX-License-Identifier: MIT */
package io.icestream.cli.demo;

import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table as it is now.
 *
 * @param table its name
 * @param rows how many rows it has
 * @param files how many data files
 * @param bytes their size
 * @param snapshot id of its current snapshot; empty if it has none
 * @param committedAt when that was committed, as a timestamp in UTC; empty if there is none
 */
public record TableState(
    String table,
    long rows,
    long files,
    long bytes,
    Optional<Long> snapshot,
    Optional<String> committedAt) {

  static TableState of(SparkSession spark, String table) {
    Row files =
        spark
            .sql("SELECT count(*), coalesce(sum(file_size_in_bytes), 0) FROM " + table + ".files")
            .head();
    Optional<Row> last =
        spark
            .sql(
                "SELECT s.snapshot_id, CAST(s.committed_at AS STRING) FROM "
                    + table
                    + ".snapshots s JOIN "
                    + table
                    + ".refs r ON s.snapshot_id = r.snapshot_id WHERE r.name = 'main'")
            .collectAsList()
            .stream()
            .findFirst();
    return new TableState(
        table,
        spark.table(table).count(),
        files.getLong(0),
        files.getLong(1),
        last.map(row -> row.getLong(0)),
        last.map(row -> row.getString(1)));
  }
}
