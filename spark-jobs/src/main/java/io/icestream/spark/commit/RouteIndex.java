/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.apache.spark.sql.functions.col;

import io.icestream.spark.plan.RoutedTable;
import io.icestream.spark.plan.TableSpec;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The routes of a sink with {@code route_by}, as one snapshot of the sink's table lists them: each
 * value, the table that gets its rows, and when the first came. A route is added before its table
 * is made and before any row of its batch is committed anywhere, and only to the state of the index
 * that was read.
 *
 * @param table the sink's table
 * @param routes the values that have a table, or are about to
 * @param head the snapshot that says so; empty if there is none
 */
public record RouteIndex(String table, SortedSet<String> routes, Optional<Long> head) {
  private static final StructType COLUMNS =
      new StructType()
          .add("route", DataTypes.StringType)
          .add("table", DataTypes.StringType)
          .add("since", DataTypes.TimestampType);

  /** What a snapshot that changes rows says of itself. */
  private static final Set<String> CHANGES =
      Set.of("added-data-files", "deleted-data-files", "added-delete-files");

  public RouteIndex {
    routes = Collections.unmodifiableSortedSet(new TreeSet<>(routes));
  }

  /** The table of an index. */
  public static TableSpec table(String name) {
    return new TableSpec(name, COLUMNS, List.of(), Map.of());
  }

  /** Reads an index; one that does not exist has no routes. */
  public static RouteIndex read(SparkSession spark, String table) {
    if (!spark.catalog().tableExists(table)) {
      return new RouteIndex(table, new TreeSet<>(), Optional.empty());
    }
    return read(spark, table, IcebergTables.history(spark, table).head());
  }

  /** The newest state of the index, which is read again only if its rows may have changed. */
  public RouteIndex refreshed(SparkSession spark) {
    TableHistory history = IcebergTables.history(spark, table);
    for (Snapshot snapshot : history.ancestry()) {
      if (head.isPresent() && snapshot.snapshotId() == head.get()) {
        return new RouteIndex(table, routes, history.head());
      }
      if (!Collections.disjoint(snapshot.summary().keySet(), CHANGES)) {
        break;
      }
    }
    return read(spark, table, history.head());
  }

  /** Whether a value would name a table that is there and belongs to somebody else. */
  public static boolean isTaken(SparkSession spark, String index, String route) {
    String name = RoutedTable.of(index, route);
    return spark.catalog().tableExists(name)
        && !index.equals(IcebergTables.history(spark, name).properties().get(RoutedTable.OWNER));
  }

  /**
   * Adds routes on behalf of a replay, which is no driver.
   *
   * @param added the routes
   * @param since the time
   * @return false if the index is not as it was read any more
   */
  public boolean add(SparkSession spark, String pipeline, Collection<String> added, Instant since) {
    return add(spark, pipeline, added, since, history -> true);
  }

  /**
   * Adds routes, without moving the sink's marker.
   *
   * @param allowed whether they may be added to a state of the index
   * @return false if it is not allowed, or the index is not as it was read any more
   */
  boolean add(
      SparkSession spark,
      String pipeline,
      Collection<String> added,
      Instant since,
      Predicate<TableHistory> allowed) {
    List<Row> rows = new ArrayList<>();
    for (String route : added) {
      rows.add(RowFactory.create(route, RoutedTable.of(table, route), Timestamp.from(since)));
    }
    SinkCommit commit =
        new SinkCommit(
            table,
            new Intent(Marker.prefix(pipeline, table) + "routes-added", added.size()),
            OptionalLong.of(added.size()),
            history -> history.head().equals(head) && allowed.test(history));
    try {
      commit.run(
          () ->
              IcebergTables.append(spark, table, spark.createDataFrame(rows, COLUMNS).coalesce(1)));
      return true;
    } catch (ValidationException e) {
      return false;
    }
  }

  private static RouteIndex read(SparkSession spark, String table, Optional<Long> head) {
    SortedSet<String> routes = new TreeSet<>();
    head.ifPresent(
        snapshot ->
            routes.addAll(
                spark
                    .read()
                    .option("snapshot-id", snapshot)
                    .table(table)
                    .select(col("route"))
                    .filter(col("route").rlike(RoutedTable.VALUES))
                    .as(Encoders.STRING())
                    .collectAsList()));
    return new RouteIndex(table, routes, head);
  }

  private record Intent(String name, int routes) implements Stamp {
    @Override
    public Map<String, String> summary() {
      return Map.of(name, Integer.toString(routes));
    }

    @Override
    public Map<String, String> properties(Snapshot made, Map<String, String> present) {
      return Map.of();
    }
  }
}
