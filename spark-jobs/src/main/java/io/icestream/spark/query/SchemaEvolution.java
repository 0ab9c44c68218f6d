/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.model.Problem;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.TableSpec;
import io.icestream.spark.schema.EvolvedColumns;
import io.icestream.spark.schema.SchemaChange;
import io.icestream.spark.schema.SchemaDrift;
import io.icestream.spark.table.SourceColumns;
import io.icestream.spark.table.TableProvisioning;
import io.icestream.spark.transform.StepGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the columns of a running pipeline follow its payloads, between two batches: the source's
 * columns first, then the steps that select them, then the tables that take them.
 *
 * <p>A change that breaks a step, or that a table cannot follow, is left out; the records that ask
 * for it stay rejected. Every part can be run again: a crash in the middle is mended by the batch
 * that asked for the change, which runs again and asks again.
 */
final class SchemaEvolution {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaEvolution.class);

  private final Set<String> refused = new HashSet<>();

  /**
   * A plan and its checked steps.
   *
   * @param plan the plan
   * @param graph its steps
   */
  record Checked(QueryPlan plan, StepGraph graph) {}

  /** A change and why it is left out. */
  private record Refusal(SchemaChange change, String reason) {}

  /**
   * Follows the payloads of a batch as far as possible.
   *
   * @param spark the session of the batch, with lookups as views; views of steps are overwritten
   * @param plan what runs now
   * @param drift what the payloads asked for
   * @return what runs from now on, its tables altered; empty if nothing could be changed
   */
  Optional<Checked> follow(SparkSession spark, QueryPlan plan, SchemaDrift drift) {
    List<SchemaChange> changes =
        drift.changes().stream().filter(change -> isChange(plan, change)).toList();
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    List<Refusal> refusals = new ArrayList<>();
    Optional<Checked> evolved = together(spark, plan, changes);
    if (evolved.isEmpty()) {
      evolved = oneByOne(spark, plan, changes, refusals);
    }
    refusals.forEach(this::report);
    evolved.ifPresent(checked -> carryOut(spark, plan, checked, drift));
    return evolved;
  }

  /** The event's time has to stay what it is: lateness and partitions hang on it. */
  private boolean isChange(QueryPlan plan, SchemaChange change) {
    boolean eventTime =
        plan.source().eventTime().filter(c -> c.equals(change.path().toString())).isPresent();
    return !eventTime && !refused.contains(change.toString());
  }

  /** The usual case: all changes are good. */
  private static Optional<Checked> together(
      SparkSession spark, QueryPlan plan, List<SchemaChange> changes) {
    StructType columns = plan.source().schema();
    try {
      for (SchemaChange change : changes) {
        columns = EvolvedColumns.of(columns, change);
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    QueryPlan next = plan.withSourceColumns(columns);
    List<String> problems = new ArrayList<>();
    StepGraph graph = check(spark, next, problems);
    boolean changed = !columns.equals(plan.source().schema());
    return problems.isEmpty() && changed ? Optional.of(new Checked(next, graph)) : Optional.empty();
  }

  private static Optional<Checked> oneByOne(
      SparkSession spark, QueryPlan plan, List<SchemaChange> changes, List<Refusal> refusals) {
    Optional<Checked> evolved = Optional.empty();
    for (SchemaChange change : changes) {
      QueryPlan before = evolved.map(Checked::plan).orElse(plan);
      List<String> problems = new ArrayList<>();
      try {
        StructType columns = EvolvedColumns.of(before.source().schema(), change);
        QueryPlan next = before.withSourceColumns(columns);
        StepGraph graph = check(spark, next, problems);
        if (problems.isEmpty() && !columns.equals(before.source().schema())) {
          evolved = Optional.of(new Checked(next, graph));
        }
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
      if (!problems.isEmpty()) {
        refusals.add(new Refusal(change, String.join(" ", problems)));
      }
    }
    return evolved;
  }

  private static StepGraph check(SparkSession spark, QueryPlan plan, List<String> problems) {
    List<Problem> found = new ArrayList<>();
    StepGraph graph = StepGraph.check(spark, plan, found);
    found.forEach(problem -> problems.add(problem.message()));
    if (found.isEmpty()) {
      TableProvisioning tables = new TableProvisioning(spark);
      for (TableSpec table : SinkTables.present(spark, plan, graph)) {
        tables
            .contradictions(table)
            .forEach(c -> problems.add("Table '" + table.table() + "': " + c + "."));
      }
    }
    return graph;
  }

  private static void carryOut(
      SparkSession spark, QueryPlan before, Checked checked, SchemaDrift drift) {
    QueryPlan plan = checked.plan();
    String source = plan.source().name();
    new SourceColumns(spark, plan.quarantineTable(), plan.pipeline(), source)
        .write(plan.source().schema());
    TableProvisioning tables = new TableProvisioning(spark);
    SinkTables.present(spark, plan, checked.graph()).forEach(tables::provide);
    drift.seen().values().stream()
        .filter(seen -> isIn(seen.change(), before, plan))
        .forEach(
            seen ->
                LOG.info(
                    "Source {}: {}, as the record at {}:{} needs it",
                    source,
                    seen.change(),
                    seen.partition(),
                    seen.offset()));
  }

  /** Whether a change is one of those that made the second plan of the first. */
  private static boolean isIn(SchemaChange change, QueryPlan before, QueryPlan after) {
    try {
      StructType columns = after.source().schema();
      return EvolvedColumns.of(columns, change).equals(columns)
          && !EvolvedColumns.of(before.source().schema(), change).equals(before.source().schema());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void report(Refusal refusal) {
    if (refused.add(refusal.change().toString())) {
      LOG.warn(
          "Not done: {}. Records that need it go to quarantine. Reason: {}",
          refusal.change(),
          refusal.reason());
    }
  }
}
