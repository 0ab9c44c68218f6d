/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.plan.RoutedTable;
import io.icestream.spark.sink.RouteChoice.Found;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The values of a column among the rows of a batch. Of values that have no table only as many are
 * fetched as can get one: a column that names nothing, such as an id, has millions.
 */
public final class RouteSurvey {
  /** How many new values are fetched beyond the room, in case tables of some are taken. */
  private static final int SPARE = 16;

  private final Dataset<Row> rows;
  private final String column;

  /**
   * @param rows rows with {@code DecodedColumns.SOURCE}; the same whenever read
   * @param column a text
   */
  public RouteSurvey(Dataset<Row> rows, String column) {
    this.rows = rows;
    this.column = column;
  }

  /**
   * Chooses the values that have a table, as {@link RouteChoice#of} does with all of them, in the
   * order of their first records.
   *
   * @param known values that have a table
   * @param room how many may be added
   * @param isTaken whether a new value would get a table that is somebody else's
   */
  public RouteChoice choose(Set<String> known, int room, Predicate<String> isTaken) {
    long limit = (long) known.size() + room + SPARE;
    while (true) {
      int most = (int) Math.min(limit, Integer.MAX_VALUE);
      List<Found> found = first(known, most);
      RouteChoice choice = RouteChoice.of(found, known, room, isTaken);
      if (found.size() < most || choice.added().size() == room) {
        return choice;
      }
      limit *= 2;
    }
  }

  private List<Found> first(Set<String> known, int most) {
    Column value = col("`" + column + "`");
    Column source = col(DecodedColumns.SOURCE);
    return rows
        .filter(value.rlike(RoutedTable.VALUES))
        .groupBy(value.as("_value"))
        .agg(
            count(lit(1)).as("_rows"),
            min(struct(
                    source.getField("offset"),
                    source.getField("partition"),
                    source.getField("line")))
                .as("_first"))
        .orderBy(not(col("_value").isin(known.toArray())), col("_first"), col("_value"))
        .limit(most)
        .select("_value", "_rows")
        .collectAsList()
        .stream()
        .map(row -> new Found(row.getString(0), row.getLong(1)))
        .toList();
  }
}
