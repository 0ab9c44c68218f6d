/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Route;
import io.icestream.spark.commit.AppendRows;
import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.Provenance;
import io.icestream.spark.commit.ReplayCommits;
import io.icestream.spark.commit.RouteIndex;
import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.plan.RoutedTable;
import io.icestream.spark.plan.SourcePlan;
import io.icestream.spark.plan.TableSpec;
import io.icestream.spark.sink.Refusal.Grounds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Every row is added to the table of its value. The sink's own table is the index of these, and its
 * marker says that they have a batch.
 *
 * @param sink the sink
 * @param source what the rows come from
 * @param columns the columns of the sink's step
 */
public record RouteWrite(SinkDefinition sink, SourcePlan source, StructType columns)
    implements SinkWrite {
  private static final int LONGEST = 100;

  /** What the sink's tables are made by. */
  public Route route() {
    return sink.route().orElseThrow();
  }

  /** The table for the rows with a value. */
  public TableSpec table(String value) {
    return new TableSpec(
        RoutedTable.of(sink.table(), value),
        AppendRows.columns(columns, source),
        sink.partitionBy(),
        Map.of(RoutedTable.OWNER, sink.table()));
  }

  /** The values of the rows that have come as far as the sink. */
  public RouteSurvey survey(StepRows steps) {
    return new RouteSurvey(rows(steps), route().column());
  }

  @Override
  public List<TableSpec> tables() {
    return List.of(RouteIndex.table(sink.table()));
  }

  @Override
  public List<String> order() {
    return List.of("kafka_partition", "kafka_offset");
  }

  @Override
  public Optional<Refusal> refusal(StepRows steps) {
    RouteChoice choice = steps.routes(sink.table());
    Dataset<Row> rows = rows(steps).filter(not(isAccepted(choice)));
    return Optional.of(
        new Refusal(
            Grounds.of(sink),
            rows.select(
                col(DecodedColumns.SOURCE),
                lit("route").as(DecodedColumns.STAGE),
                why(choice, "route_missing", "route_name", "route_taken", "route_limit")
                    .as(DecodedColumns.REASON),
                why(choice, missing(), name(), taken(), limit()).as(DecodedColumns.DETAIL))));
  }

  @Override
  public Dataset<Row> reached(StepRows steps) {
    return rows(steps).filter(isAccepted(steps.routes(sink.table())));
  }

  @Override
  public Dataset<Row> intoEmptyTable(StepRows steps) {
    return AppendRows.of(reached(steps), source);
  }

  @Override
  public List<Runnable> commitsBefore(
      BatchCommits commits, StepRows steps, long offsets, Provenance provenance) {
    List<Runnable> appends = new ArrayList<>();
    steps
        .routes(sink.table())
        .rows()
        .forEach(
            (value, count) -> {
              String table = RoutedTable.of(sink.table(), value);
              if (commits.isDue(table)) {
                Provenance of = provenance.with(ledger(offsets, count));
                appends.add(() -> commits.append(table, rowsOf(steps, value), count, of));
              }
            });
    return appends;
  }

  @Override
  public void commit(BatchCommits commits, StepRows steps, long offsets, Provenance provenance) {
    RouteChoice choice = steps.routes(sink.table());
    Tally before = steps.tally(sink.from());
    long refused = steps.refusedBy(sink.table());
    Tally tally = before.after(before.passed(), before.passed() - refused, refused);
    // The rows are in the other tables by now; this is the marker alone
    commits.append(
        sink.table(),
        intoEmptyTable(steps),
        0,
        provenance.with(tally.ledger(offsets, choice.written(), 0)));
  }

  @Override
  public long replay(ReplayCommits commits, StepRows steps, Ledger judged) {
    long present = 0;
    for (Map.Entry<String, Long> entry : steps.routes(sink.table()).rows().entrySet()) {
      present +=
          commits.append(
              RoutedTable.of(sink.table(), entry.getKey()),
              rowsOf(steps, entry.getKey()),
              ledger(entry.getValue(), entry.getValue()));
    }
    commits.mark(
        sink.table(),
        new Ledger(
            judged.offsets(),
            judged.read(),
            judged.written() - present,
            0,
            judged.filtered(),
            present,
            judged.quarantined(),
            0));
    return present;
  }

  @Override
  public boolean settle(ReplayCommits commits, SparkSession spark, Instant claimed) {
    if (commits.settle(sink.table(), claimed, isPositioned())) {
      return true;
    }
    // The index says no, and will: what the replay has not written yet, it must not write either
    for (String value : RouteIndex.read(spark, sink.table()).routes()) {
      String table = RoutedTable.of(sink.table(), value);
      if (spark.catalog().tableExists(table)) {
        commits.settle(table, claimed, isPositioned());
      }
    }
    return false;
  }

  @Override
  public boolean isPositioned() {
    return true;
  }

  private Dataset<Row> rows(StepRows steps) {
    return steps.rows(sink.from());
  }

  private Dataset<Row> rowsOf(StepRows steps, String value) {
    return AppendRows.of(rows(steps).filter(column().equalTo(value)), source);
  }

  /** The rows of one table, which all come to it. */
  private static Ledger ledger(long offsets, long rows) {
    return new Ledger(offsets, rows, rows, 0, 0, 0, 0, 0);
  }

  private Column column() {
    return col("`" + route().column() + "`");
  }

  private Column isAccepted(RouteChoice choice) {
    return coalesce(column().isin(choice.rows().keySet().toArray()), lit(false));
  }

  private Column why(
      RouteChoice choice, Object missing, Object name, Object taken, Object otherwise) {
    return when(column().isNull(), lit(missing))
        .when(not(column().rlike(RoutedTable.VALUES)), lit(name))
        .when(column().isin(choice.taken().toArray()), lit(taken))
        .otherwise(lit(otherwise));
  }

  private Column missing() {
    return lit(
        "Column '"
            + route().column()
            + "' is null, so the row has no table. Give it a value in the step, or leave the row"
            + " out there");
  }

  private Column name() {
    return found(
        "', which cannot name a table: expected 1 to 64 of a-z, 0-9 and _. Make such a value of it"
            + " in the step, as lower() does of capitals");
  }

  private Column taken() {
    return found(
        "', and the table of that name is not one of sink '"
            + sink.table()
            + "'. Rename that table, or make another value in the step");
  }

  private Column limit() {
    return found(
        "', for which there is no table, and sink '"
            + sink.table()
            + "' may have no more: 'max_tables' is "
            + route().maxTables()
            + ". Raise it and replay the row, or leave it out in the step");
  }

  private Column found(String why) {
    return concat(
        lit("Column '" + route().column() + "' is '"), substring(column(), 1, LONGEST), lit(why));
  }
}
