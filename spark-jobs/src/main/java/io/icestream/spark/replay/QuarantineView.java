/* SPDX-License-Identifier: MIT */
package io.icestream.spark.replay;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.decode;
import static org.apache.spark.sql.functions.encode;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.transform.RowCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What is in quarantine, for people. */
public final class QuarantineView {
  /** Anything that would reach the terminal as a command and not as text. */
  private static final String CONTROL = "[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]";

  private static final String UTF_8 = "UTF-8";

  private final Dataset<Row> rows;

  /**
   * @param rows the rows of a pipeline, with all columns
   * @param where a condition on them; empty for all
   * @throws IllegalArgumentException if the condition is wrong
   */
  public QuarantineView(Dataset<Row> rows, Optional<String> where) {
    this.rows = where.map(w -> rows.filter(RowCondition.of(rows, w))).orElse(rows);
  }

  /** How many rows there are by stage, reason and state, and when the first and last came. */
  public Dataset<Row> counts() {
    return rows.groupBy("stage", "reason", "state")
        .agg(count(lit(1)).as("rows"), min("time").as("first"), max("time").as("last"))
        .orderBy("stage", "reason", "state");
  }

  /** Rows that are not resolved, oldest first. */
  public Dataset<Row> unresolved(int limit) {
    return shown(rows.filter(col("state").notEqual(QuarantineRows.RESOLVED)), limit);
  }

  /** Rows in any state, oldest first. */
  public Dataset<Row> all(int limit) {
    return shown(rows, limit);
  }

  private static Dataset<Row> shown(Dataset<Row> rows, int limit) {
    List<Column> columns = new ArrayList<>();
    QuarantineRows.position().forEach(name -> columns.add(col(name)));
    for (String name : List.of("time", "stage", "reason", "detail", "state", "attempts")) {
      columns.add(col(name));
    }
    columns.add(text(col("payload")).as("payload"));
    List<Column> order = new ArrayList<>(List.of(col("time")));
    QuarantineRows.position().forEach(name -> order.add(col(name)));
    return rows.orderBy(order.toArray(Column[]::new))
        .limit(limit)
        .select(columns.toArray(Column[]::new));
  }

  /** Bytes as the text that they are, or else in hexadecimal digits. */
  private static Column text(Column bytes) {
    Column text = decode(bytes, UTF_8);
    Column isText = encode(text, UTF_8).equalTo(bytes).and(not(text.rlike(CONTROL)));
    return when(isText, text).otherwise(concat(lit("0x"), hex(bytes)));
  }
}
