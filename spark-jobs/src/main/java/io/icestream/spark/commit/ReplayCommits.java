/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.icestream.spark.commit.ReplayMark.Outcome;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commits of one replay to the sinks. Each sink is committed once at most: the snapshot carries
 * the replay's id, and a commit is refused where the id is already.
 *
 * <p>These commits have no offsets. A running driver's chain of markers goes on past them.
 */
public final class ReplayCommits {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayCommits.class);

  /** How often values are made again that a running driver's commits make useless. */
  private static final int MOST_ATTEMPTS = 20;

  private final SparkSession spark;
  private final String pipeline;
  private final String version;
  private final String id;

  /**
   * @param spark has the sinks in its catalog
   * @param pipeline the pipeline
   * @param version version of the code
   * @param id the replay
   */
  public ReplayCommits(SparkSession spark, String pipeline, String version, String id) {
    this.spark = spark;
    this.pipeline = pipeline;
    this.version = version;
    this.id = id;
  }

  /**
   * Appends the rows that are not in the table yet. A row can be there only if the snapshot of an
   * interrupted replay has expired, or if another pipeline has written it.
   *
   * @param sink the table
   * @param rows what to append, in the columns of {@link AppendRows}
   * @param judged the account of the replay's rows, where {@code written} is the number of rows
   * @return how many rows were not appended, being there already
   */
  public long append(String sink, Dataset<Row> rows, Ledger judged) {
    Dataset<Row> missing = missing(sink, rows).persist();
    try {
      long count = missing.count();
      long present = judged.written() - count;
      Ledger ledger =
          new Ledger(
              judged.offsets(),
              judged.read(),
              count,
              0,
              judged.filtered(),
              present,
              judged.quarantined(),
              0);
      Runnable write =
          count > 0
              ? () -> IcebergTables.append(spark, sink, missing)
              : () -> IcebergTables.appendNothing(spark, sink);
      commit(sink, ledger, OptionalLong.of(count), write, history -> true);
      return present;
    } finally {
      missing.unpersist(false);
    }
  }

  /**
   * Says that a sink has the replay's rows, which are in other tables.
   *
   * @param sink the table
   * @param ledger the account of the replay's rows
   */
  public void mark(String sink, Ledger ledger) {
    commit(
        sink,
        ledger,
        OptionalLong.of(0),
        () -> IcebergTables.appendNothing(spark, sink),
        history -> true);
  }

  /**
   * Makes values of what a sink holds and upserts them; does so again if anybody has committed to
   * the sink in between.
   *
   * @param sink the table
   * @param attempt reads the sink and calls {@link Upserts#upsert}
   * @throws PipelineFailure if the running pipeline is always faster
   */
  public void whileUndisturbed(String sink, Attempt attempt) {
    for (int i = 0; i < MOST_ATTEMPTS; i++) {
      SinkPlace place = SinkPlace.of(IcebergTables.history(spark, sink), pipeline, sink);
      try {
        attempt.run((merge, ledger) -> upsert(sink, merge, ledger, place));
        return;
      } catch (Overtaken e) {
        LOG.info("{}: the running pipeline has committed; merging again", sink);
      }
    }
    throw new PipelineFailure(
        Kind.UNAVAILABLE,
        "The running pipeline has committed to '"
            + sink
            + "' faster than the replay, "
            + MOST_ATTEMPTS
            + " times. Nothing is lost: stop the pipeline, or give it a longer --trigger, and run"
            + " the replay again.");
  }

  /** Something that reads a sink and upserts what it makes of it. */
  public interface Attempt {
    void run(Upserts upserts);
  }

  /** Takes the rows to be merged, and the account of the replay's rows. */
  public interface Upserts {
    void upsert(Optional<? extends TableMerge> merge, Ledger ledger);
  }

  /**
   * Finds out for good whether a sink has this replay's rows. If it does not, it never will: the
   * replay's commit would be refused from here on, by whomever it is tried.
   *
   * @param sink the table
   * @param claimed when the replay began
   * @param positioned whether rows of the sink tell where they come from, so that one which is
   *     there already would be found
   * @throws PipelineFailure if the table's history does not tell
   */
  public boolean settle(String sink, Instant claimed, boolean positioned) {
    while (true) {
      TableHistory history = IcebergTables.history(spark, sink);
      Optional<ReplayMark> mark = ReplayMark.of(history, pipeline, sink, id);
      if (mark.isPresent()) {
        return mark.get().outcome() == Outcome.DONE;
      }
      if (!positioned && !reachesBackTo(claimed, history.ancestry())) {
        throw unknown(sink);
      }
      SinkCommit commit =
          new SinkCommit(
              sink,
              new ReplayMark(id, Outcome.VOID).stamp(pipeline, sink, version),
              OptionalLong.empty(),
              state -> isAbsent(sink, state));
      try {
        commit.run(() -> IcebergTables.appendNothing(spark, sink));
      } catch (ValidationException e) {
        if (isAbsent(sink)) {
          throw e;
        }
      }
    }
  }

  private void upsert(
      String sink, Optional<? extends TableMerge> merge, Ledger ledger, SinkPlace read) {
    Runnable write =
        () ->
            merge.ifPresentOrElse(
                m -> m.into(spark, sink), () -> IcebergTables.appendNothing(spark, sink));
    Predicate<TableHistory> unchanged =
        history -> SinkPlace.of(history, pipeline, sink).equals(read);
    commit(sink, ledger, OptionalLong.empty(), write, unchanged);
  }

  private void commit(
      String sink,
      Ledger ledger,
      OptionalLong rows,
      Runnable write,
      Predicate<TableHistory> unchanged) {
    if (!ledger.isBalanced()) {
      throw new IllegalStateException(
          "The ledger of replay " + id + " for " + sink + " does not balance: " + ledger);
    }
    SinkCommit commit =
        new SinkCommit(
            sink,
            new ReplayMark(id, Outcome.DONE).stamp(pipeline, sink, version, ledger),
            rows,
            history -> isAbsent(sink, history) && unchanged.test(history));
    try {
      commit.run(write);
    } catch (ValidationException e) {
      if (!isAbsent(sink)) {
        throw takenOver(sink, e);
      }
      throw unchanged.test(IcebergTables.history(spark, sink)) ? e : new Overtaken(sink, e);
    }
    LOG.atInfo()
        .addKeyValue("pipeline", pipeline)
        .addKeyValue("sink", sink)
        .addKeyValue("replay", id)
        .log("{}: {}", sink, ledger.describe());
  }

  /** The rows whose place in Kafka the table does not have. */
  private Dataset<Row> missing(String sink, Dataset<Row> rows) {
    Dataset<Row> table = spark.table(sink);
    List<String> present = new ArrayList<>(List.of(table.columns()));
    present.retainAll(List.of(rows.columns()));
    List<String> names =
        QuarantineRows.position().stream()
            .map(name -> "kafka_" + name)
            .filter(present::contains)
            .toList();
    Row range = rows.agg(min("kafka_offset"), max("kafka_offset")).head();
    if (range.isNullAt(0)) {
      return rows;
    }
    Dataset<Row> placed =
        table
            .filter(col("kafka_offset").between(lit(range.get(0)), lit(range.get(1))))
            .select(names.stream().map(name -> col(name).as("_" + name)).toArray(Column[]::new));
    Column samePlace =
        names.stream()
            .map(name -> rows.col(name).eqNullSafe(placed.col("_" + name)))
            .reduce(Column::and)
            .orElseThrow();
    return rows.join(placed, samePlace, "left_anti");
  }

  private boolean isAbsent(String sink) {
    return isAbsent(sink, IcebergTables.history(spark, sink));
  }

  private boolean isAbsent(String sink, TableHistory history) {
    return ReplayMark.of(history, pipeline, sink, id).isEmpty();
  }

  /** Whether no snapshot can have been expired that was made since then. */
  static boolean reachesBackTo(Instant claimed, Iterable<Snapshot> ancestry) {
    Snapshot oldest = null;
    for (Snapshot snapshot : ancestry) {
      oldest = snapshot;
    }
    return oldest == null
        || oldest.parentId() == null
        || Instant.ofEpochMilli(oldest.timestampMillis()).isBefore(claimed);
  }

  private PipelineFailure unknown(String sink) {
    return new PipelineFailure(
        Kind.FENCED,
        "Replay "
            + id
            + " was interrupted, and the snapshots of '"
            + sink
            + "' since then have been expired: they would tell whether the table has its rows."
            + " Recount the groups of '"
            + sink
            + "'. Then release the rows with 'icestream sql': UPDATE the quarantine table SET"
            + " state = 'open', claim = NULL WHERE replay = '"
            + id
            + "', and take '"
            + sink
            + "' out of their column 'sinks' if it has them.");
  }

  private PipelineFailure takenOver(String sink, Throwable cause) {
    return new PipelineFailure(
        Kind.FENCED,
        "Another replay of pipeline '"
            + pipeline
            + "' has taken over while this one was about to commit to '"
            + sink
            + "'. This one stops; nothing is lost or repeated. Run one replay at a time.",
        cause);
  }
}
