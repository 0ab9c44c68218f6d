/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Fence.Decision;
import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.failure.PipelineFailure;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commits of one batch. Each sink is an independent, idempotent commit: after a crash the batch
 * runs again and commits to those that do not have it. Different sinks may commit on different
 * threads at the same time.
 */
public final class BatchCommits {
  private static final Logger LOG = LoggerFactory.getLogger(BatchCommits.class);

  /** Where Spark keeps the id of the query that a thread runs a batch of. */
  private static final String QUERY_ID = "sql.streaming.queryId";

  /** How often a merge is tried whose files somebody else changes meanwhile. */
  private static final int MOST_CONFLICTS = 5;

  private final SparkSession spark;
  private final Driver driver;
  private final String pipeline;
  private final BatchRange range;
  private final Map<String, Optional<ReplayMark>> replays;
  private SinkStates states;
  private CommitListener listener = CommitListener.NONE;
  private DirectFiles direct = DirectFiles.none();

  private BatchCommits(
      SparkSession spark,
      Driver driver,
      BatchRange range,
      SinkStates states,
      Map<String, Optional<ReplayMark>> replays) {
    this.spark = spark;
    this.driver = driver;
    this.pipeline = driver.pipeline();
    this.range = range;
    this.states = states;
    this.replays = replays;
  }

  /**
   * Looks where the sinks are.
   *
   * @param spark the session of the batch
   * @param driver who commits it
   * @param range what the batch reads
   * @param sinks how each sink's batches follow each other, by table
   * @throws PipelineFailure if a sink is neither right before nor right after the batch, or a newer
   *     driver has taken it over
   */
  public static BatchCommits begin(
      SparkSession spark, Driver driver, BatchRange range, Map<String, Chain> sinks) {
    Map<String, Optional<Marker>> markers = new LinkedHashMap<>();
    Map<String, Optional<ReplayMark>> replays = new ConcurrentHashMap<>();
    for (String sink : sinks.keySet()) {
      TableHistory history = IcebergTables.history(spark, sink);
      requireNewest(driver, sink, history, null);
      Optional<Marker> marker = Marker.newest(history, driver.pipeline(), sink);
      Fence.requireCluster(sink, marker, driver.cluster());
      markers.put(sink, marker);
      replays.put(sink, ReplayMark.newest(history, driver.pipeline(), sink));
    }
    SinkStates states = SinkStates.of(markers, sinks, range);
    return new BatchCommits(spark, driver, range, states, replays);
  }

  /**
   * Looks where the sinks are, for a driver without a number.
   *
   * @param pipeline the pipeline
   * @param version version of the code
   */
  public static BatchCommits begin(
      SparkSession spark,
      String pipeline,
      String version,
      BatchRange range,
      Map<String, Chain> sinks) {
    return begin(spark, Driver.unnumbered(pipeline, version), range, sinks);
  }

  /**
   * The newest marker that a pipeline has left in a table, whether or not its snapshot has expired.
   *
   * @throws PipelineFailure if the table has been rolled back to before it
   */
  public static Optional<Marker> newestMarker(SparkSession spark, String pipeline, String sink) {
    return Marker.newest(IcebergTables.history(spark, sink), pipeline, sink);
  }

  /** Says who is told of the commits; nobody until then. Not while commits are under way. */
  public void tell(CommitListener next) {
    listener = next;
  }

  /** Whether all sinks have the batch already. */
  public boolean isComplete() {
    return states.isComplete();
  }

  /** Whether a sink still has to commit the batch. */
  public boolean isDue(String sink) {
    return states.decisions().get(sink) == Decision.COMMIT;
  }

  /**
   * Appends to some of the tables what has been written to files already, from now on.
   *
   * @param files the files; stay the caller's until a table's are appended
   */
  public void use(DirectFiles files) {
    direct = files;
  }

  /** Newest event times at the batch's start. */
  public EventTimes timesBefore() {
    return states.timesBefore();
  }

  /** Lookup snapshots that another sink has used for this batch already. */
  public Map<String, Long> pinnedLookups() {
    return states.lookups();
  }

  /**
   * Looks where a further table is, whose batches leave no marker there unless they have rows for
   * it. A batch that the table is behind of already is not due. Not while commits are under way.
   *
   * @param table the table
   * @throws PipelineFailure if it is in the middle of the batch, or a newer driver has taken it
   *     over
   */
  public void join(String table) {
    if (states.decisions().containsKey(table)) {
      return;
    }
    TableHistory history = IcebergTables.history(spark, table);
    requireNewest(driver, table, history, null);
    if (Epochs.of(history, pipeline, table) < driver.epoch()) {
      Epochs.raise(spark, pipeline, table, driver.epoch());
    }
    Optional<Marker> marker = Marker.newest(history, pipeline, table);
    Fence.requireCluster(table, marker, driver.cluster());
    states = states.with(table, marker, range);
  }

  /**
   * Adds routes to an index, unless it has changed since it was read.
   *
   * @param index what has been read
   * @param routes the routes
   * @return false if it has changed
   * @throws PipelineFailure if another driver has committed to it
   */
  public boolean addRoutes(RouteIndex index, Collection<String> routes) {
    String sink = index.table();
    boolean added =
        index.add(
            spark,
            pipeline,
            routes,
            range.time(),
            history ->
                driver.isNewest(history, sink)
                    && SinkPlace.of(history, pipeline, sink).to().equals(expected(sink)));
    if (!added) {
      TableHistory now = IcebergTables.history(spark, sink);
      requireNewest(driver, sink, now, null);
      if (!SinkPlace.of(now, pipeline, sink).to().equals(expected(sink))) {
        throw CommitFailures.fenced(sink, null);
      }
    }
    return added;
  }

  /**
   * Appends rows.
   *
   * @param sink the table
   * @param rows what to append; written even if there are none, so that the marker moves on; only
   *     their columns count if the files are there already
   * @param count how many rows there are; the commit fails if files with another number come out
   * @param provenance what the marker says beside the offsets
   */
  public void append(String sink, Dataset<Row> rows, long count, Provenance provenance) {
    commit(
        sink,
        marker(provenance, Optional.of(rows)),
        OptionalLong.of(count),
        () -> {
          Optional<List<DataFile>> written = direct.take(sink);
          if (written.isPresent() && count > 0) {
            IcebergTables.append(spark, sink, written.get());
          } else if (count > 0) {
            IcebergTables.append(spark, sink, rows);
          } else {
            IcebergTables.appendNothing(spark, sink);
          }
        });
  }

  /**
   * Merges rows by key: a row replaces the one with its key, or is added.
   *
   * @param sink the table
   * @param merge the key and the rows; empty if the batch has none, so that only the marker moves
   * @param provenance what the marker says beside the offsets
   */
  public void upsert(String sink, Optional<? extends TableMerge> merge, Provenance provenance) {
    commit(
        sink,
        marker(provenance, merge.map(TableMerge::rows)),
        OptionalLong.empty(),
        () ->
            merge.ifPresentOrElse(
                m -> m.into(spark, sink), () -> IcebergTables.appendNothing(spark, sink)));
  }

  /**
   * Makes values of what a sink holds and upserts them; does so again if a replay of quarantined
   * rows has committed to the sink in between, whose rows would be lost otherwise, or if a
   * compaction has replaced files that the merge was about to change.
   *
   * @param sink the table
   * @param attempt reads the sink and calls {@link #upsert}
   * @throws PipelineFailure if a compaction is always faster
   */
  public void whileUndisturbed(String sink, Runnable attempt) {
    int conflicts = 0;
    while (true) {
      replays.put(sink, place(sink).replay());
      try {
        attempt.run();
        return;
      } catch (Overtaken e) {
        if (e.byMaintenance() && ++conflicts == MOST_CONFLICTS) {
          throw CommitFailures.busy(sink, MOST_CONFLICTS, e);
        }
        LOG.atInfo()
            .addKeyValue("pipeline", pipeline)
            .addKeyValue("sink", sink)
            .addKeyValue("batch", range.batch())
            .log("{}: {}; merging again", sink, e.getMessage());
      }
    }
  }

  private Marker marker(Provenance provenance, Optional<Dataset<Row>> rows) {
    String query = spark.sparkContext().getLocalProperty(QUERY_ID);
    Origin origin =
        Origin.of(
            driver,
            query == null ? "" : query,
            rows.map(r -> SchemaHash.of(r.schema())).orElse(""),
            range.time());
    return new Marker(
        range.from(),
        range.to(),
        range.batch(),
        driver.version(),
        provenance.ledger(),
        states.timesBefore(),
        provenance.timesAfter(),
        provenance.lookups(),
        provenance.unmet(),
        origin,
        0);
  }

  private void commit(String sink, Marker marker, OptionalLong rows, Runnable write) {
    if (!marker.ledger().isBalanced()) {
      throw new IllegalStateException(
          "The ledger of batch "
              + range.batch()
              + " for "
              + sink
              + " does not balance: "
              + marker.ledger());
    }
    boolean append = rows.isPresent();
    SinkCommit commit =
        new SinkCommit(
            sink,
            marker.stamp(pipeline, sink),
            rows,
            history ->
                driver.isNewest(history, sink)
                    && isWhereItWas(SinkPlace.of(history, pipeline, sink), sink, append));
    Optional<Long> before = append ? Optional.empty() : IcebergTables.history(spark, sink).head();
    FaultHooks.reach(CrashPoint.BEFORE_FILES, sink);
    try {
      commit.run(write);
    } catch (RuntimeException e) {
      requireCommitted(sink, marker, append, before, e);
    }
    CommitLine.write(LOG, pipeline, sink, marker);
    listener.committed(sink, marker);
    FaultHooks.reach(CrashPoint.BETWEEN_SINKS, sink);
  }

  /** Returns if a commit has happened although it failed; says otherwise why it has not. */
  private void requireCommitted(
      String sink, Marker marker, boolean append, Optional<Long> before, RuntimeException failure) {
    TableHistory history;
    try {
      history = IcebergTables.history(spark, sink);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      throw failure instanceof CommitStateUnknownException
          ? CommitFailures.unanswered(sink, range.batch(), failure)
          : failure;
    }
    Optional<Marker> newest = Marker.newest(history, pipeline, sink);
    if (newest.map(Marker::origin).equals(Optional.of(marker.origin()))) {
      LOG.warn("{}: the commit failed after it was made, which makes no difference", sink, failure);
      return;
    }
    requireNewest(driver, sink, history, failure);
    if (failure instanceof ValidationException
        || (!append && !history.head().equals(before) && hasLostItsBase(failure))) {
      SinkPlace now = SinkPlace.of(history, pipeline, sink);
      if (!now.to().equals(expected(sink))) {
        throw CommitFailures.fenced(sink, failure);
      }
      boolean replayed = !isWhereItWas(now, sink, append);
      throw append && !replayed ? failure : new Overtaken(sink, !replayed, failure);
    }
    boolean transientFailure =
        failure instanceof CommitStateUnknownException || failure instanceof CommitFailedException;
    throw transientFailure ? CommitFailures.unanswered(sink, range.batch(), failure) : failure;
  }

  /**
   * Whether a merge tells in this way that the table has changed under it: its scan found another
   * snapshot, or the one that it began with has expired.
   */
  private static boolean hasLostItsBase(RuntimeException failure) {
    return failure instanceof IllegalStateException || failure instanceof IllegalArgumentException;
  }

  private static void requireNewest(
      Driver driver, String sink, TableHistory history, Throwable cause) {
    if (!FaultHooks.isFenceOff() && !driver.isNewest(history, sink)) {
      long newest = Epochs.of(history, driver.pipeline(), sink);
      throw Epochs.superseded(driver.pipeline(), sink, driver.epoch(), newest, cause);
    }
  }

  /** Whether a commit is still right: an append does not depend on the rows that are there. */
  private boolean isWhereItWas(SinkPlace now, String sink, boolean append) {
    return now.to().equals(expected(sink)) && (append || now.replay().equals(replays.get(sink)));
  }

  private Optional<TopicOffsets> expected(String sink) {
    return states.markers().get(sink).map(Marker::to);
  }

  private SinkPlace place(String sink) {
    return SinkPlace.of(IcebergTables.history(spark, sink), pipeline, sink);
  }
}
