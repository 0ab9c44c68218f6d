/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.Provenance;
import io.icestream.spark.commit.ReplayCommits;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.TableSpec;
import io.icestream.spark.transform.StepGraph;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** How the rows of a step get into the table of a sink. */
public sealed interface SinkWrite permits AppendWrite, GroupWrite, ChangeWrite, RouteWrite {

  /** The writes of all sinks, in the order of the file. */
  static List<SinkWrite> all(QueryPlan plan, StepGraph graph) {
    return plan.sinks().stream().map(sink -> of(sink, plan, graph)).toList();
  }

  /** The write of one sink of a plan. */
  static SinkWrite of(SinkDefinition sink, QueryPlan plan, StepGraph graph) {
    StructType columns = graph.columns(sink.from());
    if (sink.route().isPresent()) {
      return new RouteWrite(sink, plan.source(), columns);
    }
    if (sink.mode() == Mode.APPEND) {
      return new AppendWrite(sink, plan.source(), columns);
    }
    return graph.isWindow(sink.from())
        ? new GroupWrite(sink, columns)
        : new ChangeWrite(sink, plan.source(), columns);
  }

  /** The sink. */
  SinkDefinition sink();

  /** The tables that it needs; its own is the first. */
  List<TableSpec> tables();

  /** Columns that put the rows of the table in an order that is the same each time. */
  List<String> order();

  /** The rows that the sink refuses, not read yet; empty if it takes all. */
  Optional<Refusal> refusal(StepRows steps);

  /**
   * Whether all accepted rows of the source become rows of the table, whatever the table holds, so
   * that they can be written as they are decoded.
   */
  default boolean isDirect() {
    return false;
  }

  /** The rows that the sink takes, with {@code DecodedColumns.SOURCE} among their columns. */
  Dataset<Row> reached(StepRows steps);

  /** The rows that the table would get if it were empty. */
  Dataset<Row> intoEmptyTable(StepRows steps);

  /**
   * The commits of a batch to tables of the sink beside its own, which come before {@link #commit}
   * and in any order. Parameters as there.
   */
  default List<Runnable> commitsBefore(
      BatchCommits commits, StepRows steps, long offsets, Provenance provenance) {
    return List.of();
  }

  /**
   * Commits a batch.
   *
   * @param commits the batch's commits, where the sink is due
   * @param steps what the batch has become
   * @param offsets offsets that the batch spans
   * @param provenance what the marker says beside the ledger, which is replaced
   */
  void commit(BatchCommits commits, StepRows steps, long offsets, Provenance provenance);

  /**
   * Commits a replay of quarantined rows.
   *
   * @param commits the replay's commits
   * @param steps what the rows have become
   * @param judged the account of the rows, where {@code written} is the number of those that have
   *     come as far as the sink
   * @return how many of these were in the table already
   */
  long replay(ReplayCommits commits, StepRows steps, Ledger judged);

  /**
   * Finds out for good whether a sink has an interrupted replay's rows, as {@link
   * ReplayCommits#settle} does for a table.
   *
   * @param commits the replay's commits
   * @param spark has the sink in its catalog
   * @param claimed when the replay began
   */
  default boolean settle(ReplayCommits commits, SparkSession spark, Instant claimed) {
    return commits.settle(sink().table(), claimed, isPositioned());
  }

  /** Whether rows that come a second time are found out by what the table holds. */
  boolean isPositioned();
}
