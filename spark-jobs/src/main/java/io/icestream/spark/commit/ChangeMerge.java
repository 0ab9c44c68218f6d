/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows that each say what is to be done with the row of a table that has their key. Columns that
 * only the table has are left as they are.
 *
 * @param rows the table's columns and {@link #ACTION}; the same whenever read
 * @param key what identifies a row of the table; at most one row each
 * @param bounds what the keys are within
 * @param additions whether all rows are new, so that the table need not be read
 */
public record ChangeMerge(
    Dataset<Row> rows, List<String> key, List<KeyBound> bounds, boolean additions)
    implements TableMerge {
  /** The column that says what is to be done. */
  public static final String ACTION = "_action";

  /** The action that removes a row; any other sets its columns. */
  public static final String DELETE = "delete";

  private static final AtomicLong VIEWS = new AtomicLong();

  public ChangeMerge {
    Objects.requireNonNull(rows, "rows");
    key = List.copyOf(key);
    bounds = List.copyOf(bounds);
  }

  @Override
  public void into(SparkSession spark, String table) {
    if (additions) {
      IcebergTables.append(spark, table, rows.drop(ACTION));
      return;
    }
    run(
        spark,
        table,
        " WHEN MATCHED AND u._action = '"
            + DELETE
            + "' THEN DELETE WHEN MATCHED THEN UPDATE SET "
            + names().stream().map(ChangeMerge::assignment).collect(Collectors.joining(", ")));
  }

  private void run(SparkSession spark, String table, String matched) {
    TableRows.of(rows.drop(ACTION), table);
    String view = "_icestream_changes_" + VIEWS.incrementAndGet();
    rows.createOrReplaceTempView(view);
    try {
      spark.sql(statement(table, view, matched));
    } finally {
      spark.catalog().dropTempView(view);
    }
  }

  private String statement(String table, String view, String matched) {
    String sameKey =
        key.stream()
            .map(KeyBound::quote)
            .map(k -> "t." + k + " <=> u." + k)
            .collect(Collectors.joining(" AND "));
    String within = bounds.stream().map(b -> " AND t." + b.sql()).collect(Collectors.joining());
    List<String> quoted = names().stream().map(KeyBound::quote).toList();
    return "MERGE INTO "
        + table
        + " t USING "
        + view
        + " u ON "
        + sameKey
        + within
        + matched
        + " WHEN NOT MATCHED AND u._action <> '"
        + DELETE
        + "' THEN INSERT ("
        + String.join(", ", quoted)
        + ") VALUES ("
        + quoted.stream().map(name -> "u." + name).collect(Collectors.joining(", "))
        + ")";
  }

  private List<String> names() {
    return Arrays.asList(rows.drop(ACTION).columns());
  }

  private static String assignment(String column) {
    String quoted = KeyBound.quote(column);
    return "t." + quoted + " = u." + quoted;
  }
}
