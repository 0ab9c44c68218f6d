/* SPDX-License-Identifier: MIT */
package io.icestream.spark.replay;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_intersect;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.query.Reach;
import io.icestream.spark.transform.RowCondition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which rows are replayed, and to which tables. */
final class Selection {
  /** The tables that a row is for, in the order of the file: a column of selected rows. */
  static final String DUE = "_due";

  private final QueryPlan plan;
  private final Reach reach;
  private final Optional<String> where;

  /**
   * @param plan what the rows go through
   * @param reach which tables its steps reach
   * @param where a condition on the rows; empty for all
   */
  Selection(QueryPlan plan, Reach reach, Optional<String> where) {
    this.plan = plan;
    this.reach = reach;
    this.where = where;
  }

  /**
   * Selects rows.
   *
   * @param stored the pipeline's rows
   * @param always replays whose rows are selected whatever the condition
   * @param never replays whose rows are not
   * @throws IllegalArgumentException if the condition is wrong
   */
  Dataset<Row> of(Dataset<Row> stored, Collection<String> always, Collection<String> never) {
    Column replay = coalesce(col("replay"), lit(""));
    Column wanted =
        where
            .map(condition -> RowCondition.of(stored, condition).or(replay.isin(always.toArray())))
            .orElse(lit(true));
    return stored.filter(wanted).filter(not(replay.isin(never.toArray()))).withColumn(DUE, due());
  }

  /** An earlier version did not store the tables: then they follow from who rejected the row. */
  private Column due() {
    Column all = tables(reach.of(plan.source().name()));
    Column earlier = when(col("stage").isin("decode", "late"), all);
    for (Map.Entry<String, Optional<String>> entry : steps().entrySet()) {
      if (entry.getValue().isPresent()) {
        Column rejectedThere =
            col("stage").equalTo("expect").and(col("reason").equalTo(entry.getKey()));
        earlier = earlier.when(rejectedThere, tables(reach.of(entry.getValue().get())));
      }
    }
    return when(col("sinks").isNotNull(), array_intersect(all, col("sinks"))).otherwise(earlier);
  }

  /** The step that has an expectation, by its name; empty if several have one of that name. */
  private Map<String, Optional<String>> steps() {
    Map<String, Optional<String>> steps = new HashMap<>();
    plan.steps()
        .forEach(
            (name, step) ->
                step.expectations()
                    .forEach(
                        e -> steps.merge(e.name(), Optional.of(name), (a, b) -> Optional.empty())));
    return steps;
  }

  /**
   * The sets of tables that selected rows are for.
   *
   * @throws PipelineFailure if it cannot be told of a row
   */
  static List<List<String>> due(Dataset<Row> selected) {
    List<List<String>> due = new ArrayList<>();
    Column why = when(col(DUE).isNull(), col("reason"));
    for (Row row : selected.select(col(DUE), why).distinct().collectAsList()) {
      if (row.isNullAt(0)) {
        throw unknown(row.getString(1));
      }
      due.add(List.copyOf(row.<String>getList(0)));
    }
    return due;
  }

  private static PipelineFailure unknown(String reason) {
    return new PipelineFailure(
        Kind.CONFIGURATION,
        "Rows with reason '"
            + reason
            + "' were quarantined by a version that did not store which tables they are for, and"
            + " no single step of the pipeline file has an expectation of that name now. Name it"
            + " as it was, or leave these rows out with --where.");
  }

  static Column tables(List<String> names) {
    return array(names.stream().map(name -> lit(name)).toArray(Column[]::new))
        .cast("array<string>");
  }
}
