/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static org.apache.spark.sql.functions.array;

import io.icestream.model.SinkDefinition.Rows;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.decode.DecodedBatch;
import io.icestream.spark.expect.BatchExpectations;
import io.icestream.spark.expect.RoutedStep;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.sink.Admission;
import io.icestream.spark.sink.Refusal;
import io.icestream.spark.sink.RouteChoice;
import io.icestream.spark.sink.RouteWrite;
import io.icestream.spark.sink.SinkWrite;
import io.icestream.spark.sink.StepRows;
import io.icestream.spark.sink.Tally;
import io.icestream.spark.transform.BatchSql;
import io.icestream.spark.transform.StepGraph;
import io.icestream.spark.transform.StepGraph.CheckedStep;
import io.icestream.spark.transform.WindowAggregate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The steps of one batch: each row step is evaluated once, whoever reads it. */
public final class BatchSteps implements StepRows, AutoCloseable {
  private final SparkSession spark;
  private final DecodedBatch decoded;
  private final String source;
  private final Reach reach;
  private final boolean keepsLate;
  private final Map<String, Dataset<Row>> rows = new HashMap<>();
  private final Map<String, Tally> tallies = new HashMap<>();
  private final Map<String, RoutedStep> routed = new LinkedHashMap<>();
  private final Map<String, CheckedStep> checked = new HashMap<>();
  private final Map<String, Map<String, Long>> unmet = new HashMap<>();
  private final Map<String, RouteChoice> routes = new HashMap<>();
  private final Map<String, Long> refusedBy = new HashMap<>();
  private final List<Refused> refused = new ArrayList<>();

  /** Rows that sinks have refused. */
  private record Refused(List<String> sinks, Dataset<Row> rows, long count) {}

  private BatchSteps(SparkSession spark, DecodedBatch decoded, QueryPlan plan, Reach reach) {
    this.spark = spark;
    this.source = plan.source().name();
    this.reach = reach;
    this.keepsLate = plan.sinks().stream().anyMatch(sink -> sink.rows() == Rows.LATE);
    this.decoded = decoded;
  }

  /**
   * Runs the row steps.
   *
   * @param spark has the lookups as views; the steps become views too
   * @param plan names the source
   * @param graph the steps
   * @param decoded the batch; stays the caller's
   */
  public static BatchSteps run(
      SparkSession spark, QueryPlan plan, StepGraph graph, DecodedBatch decoded) {
    BatchSteps steps = new BatchSteps(spark, decoded, plan, Reach.of(plan, graph));
    try {
      steps.addSource(plan.source().name());
      graph.steps().forEach(steps::add);
      return steps;
    } catch (RuntimeException e) {
      steps.close();
      throw e;
    }
  }

  /**
   * Asks the sinks which rows they refuse. Before anything is committed, so that these go to
   * quarantine; after {@link #requireExpected}, since a sink may get tables for its rows here.
   *
   * @param writes the sinks
   * @param admission says which tables there are
   */
  public void admit(List<SinkWrite> writes, Admission admission) {
    for (SinkWrite write : writes) {
      if (write instanceof RouteWrite routed) {
        routes.put(routed.sink().table(), admission.admit(routed, this));
      }
    }
    addRefused(writes);
  }

  /**
   * Holds the batch against the expectations of its steps. For a batch that is one: rows that are
   * run through the steps on another day, such as those of a replay, are few and old.
   *
   * @param time when the batch was planned; empty if it was not, so that nothing is fresh or stale
   * @throws PipelineFailure if one with {@code else: fail} is not met
   */
  void requireExpected(Optional<Instant> time) {
    routed.forEach(
        (name, step) ->
            BatchExpectations.unmet(
                    name, step, checked.get(name).definition().batchExpectations(), time)
                .forEach(expectation -> unmet.get(name).put(expectation, 1L)));
  }

  /**
   * The expectations that were not met on the way to a step, itself included, as {@code
   * step.expectation}, with the number of rows; 1 for one of the batch.
   */
  Map<String, Long> unmet(String name) {
    Map<String, Long> all = new HashMap<>();
    for (CheckedStep at = checked.get(name); at != null; at = checked.get(at.upstream())) {
      addUnmet(at.name(), unmet.getOrDefault(at.name(), Map.of()), all);
    }
    return all;
  }

  /** The expectations that rows go to quarantine for, as {@link #unmet}. */
  Map<String, Long> quarantinedBy() {
    Map<String, Long> all = new HashMap<>();
    routed.forEach((name, step) -> addUnmet(name, step.quarantinedBy(), all));
    return all;
  }

  @Override
  public Dataset<Row> rows(String name) {
    return rows.get(name);
  }

  @Override
  public Dataset<Row> late() {
    return decoded.late();
  }

  @Override
  public Tally lateTally() {
    return tallies.get(source).ofLate();
  }

  @Override
  public Tally tally(String name) {
    return tallies.get(name);
  }

  @Override
  public WindowAggregate window(String name) {
    return BatchSql.window(spark, checked.get(name).definition().sql());
  }

  @Override
  public Dataset<Row> grouped(String name) {
    return BatchSql.grouped(spark, checked.get(name).definition().sql());
  }

  /**
   * All rows that go to quarantine, which late ones do unless a sink takes them, with source,
   * stage, reason, detail and {@link QuarantineRows#SINKS}.
   */
  public Dataset<Row> rejected() {
    Dataset<Row> all =
        (keepsLate ? decoded.rejectedInTime() : decoded.rejected())
            .withColumn(QuarantineRows.SINKS, reach.column(source));
    for (Map.Entry<String, RoutedStep> entry : routed.entrySet()) {
      RoutedStep step = entry.getValue();
      if (step.quarantinedCount() > 0) {
        Column sinks = reach.column(entry.getKey());
        all = all.unionByName(step.quarantined().withColumn(QuarantineRows.SINKS, sinks));
      }
    }
    for (Refused some : refused) {
      Column sinks = array(some.sinks().stream().map(functions::lit).toArray(Column[]::new));
      all = all.unionByName(some.rows().withColumn(QuarantineRows.SINKS, sinks));
    }
    return all;
  }

  /** How many rows go to quarantine. */
  long rejectedCount() {
    return decoded.counts().rejected()
        + (keepsLate ? 0 : decoded.counts().late())
        + routed.values().stream().mapToLong(RoutedStep::quarantinedCount).sum()
        + refused.stream().mapToLong(Refused::count).sum();
  }

  /**
   * The rejected rows by why: an expectation as {@code step.name}, {@code decode}, {@code late}.
   */
  Map<String, Long> quarantinedWhy() {
    Map<String, Long> why = quarantinedBy();
    why.put("decode", decoded.counts().rejected());
    why.put("late", keepsLate ? 0 : decoded.counts().late());
    return why;
  }

  /** The expectations that were not met, as {@code step.expectation}, with the number of rows. */
  Map<String, Long> unmet() {
    Map<String, Long> all = new HashMap<>();
    unmet.forEach((name, step) -> addUnmet(name, step, all));
    return all;
  }

  /** The ledger of the quarantine table, which is given the rejected rows and no others. */
  Ledger quarantineLedger(long offsets) {
    long rejected = rejectedCount();
    return new Ledger(offsets, rejected, rejected, 0, 0, 0, 0, 0);
  }

  @Override
  public long refusedBy(String table) {
    return refusedBy.getOrDefault(table, 0L);
  }

  @Override
  public RouteChoice routes(String table) {
    return routes.get(table);
  }

  @Override
  public void close() {
    routed.values().forEach(RoutedStep::close);
  }

  private void addSource(String name) {
    var counts = decoded.counts();
    Dataset<Row> accepted = decoded.accepted();
    accepted.createOrReplaceTempView(name);
    rows.put(name, accepted);
    tallies.put(
        name, new Tally(counts.read(), counts.accepted(), 0, counts.rejected(), counts.late()));
  }

  /** A record that several sinks refuse on the same grounds is refused once, for all of them. */
  private void addRefused(List<SinkWrite> writes) {
    Map<Refusal.Grounds, List<String>> sinks = new LinkedHashMap<>();
    Map<Refusal.Grounds, Dataset<Row>> rows = new HashMap<>();
    for (SinkWrite write : writes) {
      Optional<Refusal> refusal = write.refusal(this);
      if (refusal.isPresent()) {
        Refusal.Grounds by = refusal.get().by();
        sinks.computeIfAbsent(by, g -> new ArrayList<>()).add(write.sink().table());
        rows.putIfAbsent(by, refusal.get().rows());
      }
    }
    sinks.forEach(
        (by, tables) -> {
          long count = rows.get(by).count();
          if (count > 0) {
            refused.add(new Refused(tables, rows.get(by), count));
            tables.forEach(table -> refusedBy.put(table, count));
          }
        });
  }

  private void add(CheckedStep step) {
    Tally before = tallies.get(step.upstream());
    checked.put(step.name(), step);
    if (step.window()) {
      tallies.put(step.name(), before);
      return;
    }
    Dataset<Row> given = BatchSql.rows(spark, step.definition().sql());
    RoutedStep result = RoutedStep.of(step.name(), given, step.definition().expectations());
    routed.put(step.name(), result);
    unmet.put(step.name(), result.unmet());
    Dataset<Row> accepted = result.accepted();
    accepted.createOrReplaceTempView(step.name());
    rows.put(step.name(), accepted);
    tallies.put(
        step.name(),
        before.after(result.count(), result.acceptedCount(), result.quarantinedCount()));
  }

  private static void addUnmet(String step, Map<String, Long> counts, Map<String, Long> all) {
    counts.forEach((expectation, count) -> all.put(step + "." + expectation, count));
  }
}
