/* SPDX-License-Identifier: MIT */
package io.icestream.spark.replay;

import static org.apache.spark.sql.functions.col;

import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.QuarantineClaims;
import io.icestream.spark.commit.QuarantineClaims.Claim;
import io.icestream.spark.commit.QuarantineClaims.Reading;
import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.commit.ReplayCommits;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.query.Reach;
import io.icestream.spark.query.RouteAdmission;
import io.icestream.spark.sink.SinkWrite;
import io.icestream.spark.transform.Lookups;
import io.icestream.spark.transform.StepGraph;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs quarantined rows through today's pipeline, once each.
 *
 * <p>Rows that are for the same tables are replayed together, in three kinds of commits: the
 * quarantine table says that the rows are claimed and what each has been found to become; each sink
 * gets its rows, under the id of the claim; the quarantine table says what became of them. A replay
 * that ends in between is closed by the next one: the sinks say which of them have the claim's
 * rows, the others are made to refuse them, and what is left is replayed anew.
 */
public final class Replay {
  private final SparkSession spark;
  private final QueryPlan plan;
  private final StepGraph graph;
  private final String version;
  private final Reach reach;
  private final QuarantineClaims claims;
  private final ReplayProgress progress;

  /**
   * @param spark has the tables in its catalog
   * @param plan the pipeline, see {@link ReplayPlan}
   * @param graph its steps
   * @param version version of the code
   * @param progress is told what is done
   */
  public Replay(
      SparkSession spark,
      QueryPlan plan,
      StepGraph graph,
      String version,
      ReplayProgress progress) {
    this.spark = spark;
    this.plan = plan;
    this.graph = graph;
    this.version = version;
    this.reach = Reach.of(plan, graph);
    this.claims = new QuarantineClaims(spark, plan.quarantineTable(), plan.pipeline(), version);
    this.progress = progress;
  }

  /**
   * Says what a replay would do, and changes nothing.
   *
   * @param where a condition on the rows; empty for all that are not resolved
   * @throws IllegalArgumentException if the condition is wrong
   */
  public ReplayReport preview(Optional<String> where) {
    Dataset<Row> unresolved =
        claims.read().rows().filter(col("state").notEqual(QuarantineRows.RESOLVED));
    Dataset<Row> selected = selection(where).of(unresolved, Set.of(), Set.of());
    try (Lookups lookups = new Lookups(plan.lookups())) {
      lookups.show(spark, Map.of());
      ReplayReport report = ReplayReport.NONE;
      for (List<String> due : dueOf(selected)) {
        try (Judgement judgement = judge(selected, due, RouteAdmission.ofPreview(spark))) {
          report = report.and(judgement.fates().report());
        }
      }
      return report;
    }
  }

  /**
   * Replays rows.
   *
   * @param where a condition on the rows; empty for all that are not resolved. The rows of an
   *     interrupted replay are replayed whatever it says
   * @throws IllegalArgumentException if the condition is wrong
   * @throws PipelineFailure if another replay interferes, or the pipeline is always faster
   */
  public ReplayReport run(Optional<String> where) {
    Set<String> never = new HashSet<>();
    // A wrong condition is an error before anything is changed
    selection(where).of(openRows(claims.read()), Set.of(), never);
    Set<String> always = settleInterrupted();
    ReplayReport report = ReplayReport.NONE;
    try (Lookups lookups = new Lookups(plan.lookups())) {
      lookups.show(spark, Map.of());
      for (List<String> due : dueOf(selection(where).of(openRows(claims.read()), always, never))) {
        Reading reading = claims.read();
        Dataset<Row> selected = selection(where).of(openRows(reading), always, never);
        Claim claim =
            new Claim(
                UUID.randomUUID().toString(), Instant.now().truncatedTo(ChronoUnit.MICROS), due);
        RouteAdmission admission = RouteAdmission.ofReplay(spark, plan.pipeline(), claim.time());
        try (Judgement judgement = judge(selected, due, admission)) {
          report = report.and(replay(claim, judgement, reading));
        }
        // What fails again may now be for the tables of a later round, and has had its turn
        never.add(claim.id());
      }
    }
    return report;
  }

  private ReplayReport replay(Claim claim, Judgement judgement, Reading reading) {
    claims.claim(claim, judgement.rows(), reading);
    progress.claimed(judgement.fates().rows());
    ReplayCommits commits = new ReplayCommits(spark, plan.pipeline(), version, claim.id());
    ReplayReport report = judgement.fates().report();
    for (SinkWrite write : sinks(claim.sinks())) {
      String table = write.sink().table();
      Ledger ledger = judgement.fates().ledger(table);
      report = report.withPresent(write.replay(commits, judgement.steps(), ledger));
      progress.committed(table);
    }
    claims.settle(claim, claim.sinks(), Instant.now());
    progress.settled();
    return report;
  }

  /** Closes the replays that were interrupted; gives their ids. */
  private Set<String> settleInterrupted() {
    Set<String> ids = new HashSet<>();
    for (Claim claim : claims.unfinished()) {
      ReplayCommits commits = new ReplayCommits(spark, plan.pipeline(), version, claim.id());
      List<String> done = new ArrayList<>();
      for (String sink : claim.sinks()) {
        boolean isDone =
            sinks(List.of(sink)).stream()
                .findFirst()
                .map(write -> write.settle(commits, spark, claim.time()))
                .orElseGet(() -> commits.settle(sink, claim.time(), false));
        if (isDone) {
          done.add(sink);
        }
      }
      claims.settle(claim, done, Instant.now());
      progress.settledInterrupted(done);
      ids.add(claim.id());
    }
    return ids;
  }

  private Judgement judge(Dataset<Row> selected, List<String> due, RouteAdmission admission) {
    Dataset<Row> rows =
        selected.filter(col(Selection.DUE).equalTo(Selection.tables(due))).drop(Selection.DUE);
    return Judgement.of(spark, plan, graph, rows, sinks(due), admission);
  }

  private Selection selection(Optional<String> where) {
    return new Selection(plan, reach, where);
  }

  private List<SinkWrite> sinks(List<String> tables) {
    return SinkWrite.all(plan, graph).stream()
        .filter(write -> tables.contains(write.sink().table()))
        .toList();
  }

  private static Dataset<Row> openRows(Reading reading) {
    return reading.rows().filter(col("state").equalTo(QuarantineRows.OPEN));
  }

  private static List<List<String>> dueOf(Dataset<Row> selected) {
    return Selection.due(selected).stream().sorted(Comparator.comparing(List::toString)).toList();
  }
}
