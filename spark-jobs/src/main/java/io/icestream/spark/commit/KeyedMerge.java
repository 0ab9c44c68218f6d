/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A MERGE of full rows by key.
 *
 * @param rows one row per key, with the table's columns
 * @param key the columns that identify a row
 * @param ranges what the batch's keys lie between
 */
public record KeyedMerge(Dataset<Row> rows, List<String> key, List<KeyRange> ranges)
    implements TableMerge {
  private static final AtomicLong VIEWS = new AtomicLong();

  public KeyedMerge {
    key = List.copyOf(key);
    ranges = List.copyOf(ranges);
  }

  @Override
  public void into(SparkSession spark, String table) {
    String view = "_icestream_updates_" + VIEWS.incrementAndGet();
    TableRows.of(rows, table).createOrReplaceTempView(view);
    try {
      spark.sql(statement(table, view));
    } finally {
      spark.catalog().dropTempView(view);
    }
  }

  String statement(String table, String view) {
    String sameKey =
        key.stream()
            .map(k -> "t.`" + k + "` <=> u.`" + k + "`")
            .collect(Collectors.joining(" AND "));
    String within = ranges.stream().map(r -> " AND t." + r.sql()).collect(Collectors.joining());
    return "MERGE INTO "
        + table
        + " t USING "
        + view
        + " u ON "
        + sameKey
        + within
        + " WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *";
  }
}
