/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Fence.Decision;
import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commits of one batch. Each sink is an independent, idempotent commit: after a crash the batch
 * runs again and commits to those that do not have it.
 */
public final class BatchCommits {
  private static final Logger LOG = LoggerFactory.getLogger(BatchCommits.class);

  private final SparkSession spark;
  private final String pipeline;
  private final String version;
  private final BatchRange range;
  private final SinkStates states;
  private final Map<String, Optional<ReplayMark>> replays;

  private BatchCommits(
      SparkSession spark,
      String pipeline,
      String version,
      BatchRange range,
      SinkStates states,
      Map<String, Optional<ReplayMark>> replays) {
    this.spark = spark;
    this.pipeline = pipeline;
    this.version = version;
    this.range = range;
    this.states = states;
    this.replays = replays;
  }

  /**
   * Looks where the sinks are.
   *
   * @param spark the session of the batch
   * @param pipeline the pipeline
   * @param version version of the code
   * @param range what the batch reads
   * @param sinks how each sink's batches follow each other, by table
   * @throws PipelineFailure if a sink is neither right before nor right after the batch
   */
  public static BatchCommits begin(
      SparkSession spark,
      String pipeline,
      String version,
      BatchRange range,
      Map<String, Chain> sinks) {
    Map<String, Optional<Marker>> markers = new LinkedHashMap<>();
    Map<String, Optional<ReplayMark>> replays = new HashMap<>();
    for (String sink : sinks.keySet()) {
      Iterable<Snapshot> ancestry = IcebergTables.ancestry(spark, sink);
      markers.put(sink, Marker.newest(ancestry, pipeline, sink));
      replays.put(sink, ReplayMark.newest(ancestry, pipeline, sink));
    }
    SinkStates states = SinkStates.of(markers, sinks, range);
    return new BatchCommits(spark, pipeline, version, range, states, replays);
  }

  /** The newest marker that a pipeline has left in a table. */
  public static Optional<Marker> newestMarker(SparkSession spark, String pipeline, String sink) {
    return Marker.newest(IcebergTables.ancestry(spark, sink), pipeline, sink);
  }

  /** Whether all sinks have the batch already. */
  public boolean isComplete() {
    return states.isComplete();
  }

  /** Whether a sink still has to commit the batch. */
  public boolean isDue(String sink) {
    return states.decisions().get(sink) == Decision.COMMIT;
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
   * Appends rows.
   *
   * @param sink the table
   * @param rows what to append; written even if there are none, so that the marker moves on
   * @param count how many rows there are; the commit fails if files with another number come out
   * @param provenance what the marker says beside the offsets
   */
  public void append(String sink, Dataset<Row> rows, long count, Provenance provenance) {
    commit(
        sink,
        provenance,
        OptionalLong.of(count),
        () -> {
          if (count > 0) {
            IcebergTables.append(sink, rows);
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
        provenance,
        OptionalLong.empty(),
        () ->
            merge.ifPresentOrElse(
                m -> m.into(spark, sink), () -> IcebergTables.appendNothing(spark, sink)));
  }

  /**
   * Makes values of what a sink holds and upserts them; does so again if a replay of quarantined
   * rows has committed to the sink in between, whose rows would be lost otherwise.
   *
   * @param sink the table
   * @param attempt reads the sink and calls {@link #upsert}
   */
  public void whileUndisturbed(String sink, Runnable attempt) {
    boolean done = false;
    while (!done) {
      replays.put(sink, place(sink).replay());
      try {
        attempt.run();
        done = true;
      } catch (Overtaken e) {
        LOG.atInfo()
            .addKeyValue("pipeline", pipeline)
            .addKeyValue("sink", sink)
            .addKeyValue("batch", range.batch())
            .log("{}: a replay has committed; merging again", sink);
      }
    }
  }

  private void commit(String sink, Provenance provenance, OptionalLong rows, Runnable write) {
    Ledger ledger = provenance.ledger();
    if (!ledger.isBalanced()) {
      throw new IllegalStateException(
          "The ledger of batch " + range.batch() + " for " + sink + " does not balance: " + ledger);
    }
    Marker marker =
        new Marker(
            range.from(),
            range.to(),
            range.batch(),
            version,
            ledger,
            states.timesBefore(),
            provenance.timesAfter(),
            provenance.lookups(),
            provenance.unmet());
    boolean append = rows.isPresent();
    SinkCommit commit =
        new SinkCommit(
            sink,
            marker.summary(pipeline, sink),
            rows,
            ancestry -> isWhereItWas(SinkPlace.of(ancestry, pipeline, sink), sink, append));
    try {
      commit.run(write);
    } catch (ValidationException e) {
      SinkPlace now = place(sink);
      if (isWhereItWas(now, sink, append)) {
        throw e;
      }
      throw now.to().equals(expected(sink)) ? new Overtaken(sink, e) : fenced(sink, e);
    }
    LOG.atInfo()
        .addKeyValue("pipeline", pipeline)
        .addKeyValue("sink", sink)
        .addKeyValue("batch", range.batch())
        .addKeyValue("to", range.to().describe())
        .log("{}: {}", sink, provenance.describe());
  }

  private static RuntimeException fenced(String sink, ValidationException cause) {
    return new PipelineFailure(
        Kind.FENCED,
        "Another driver of this pipeline has committed to '"
            + sink
            + "' while this one was about to."
            + " This one stops; nothing is lost. Make sure that only one is running.",
        cause);
  }

  /** Whether a commit is still right: an append does not depend on the rows that are there. */
  private boolean isWhereItWas(SinkPlace now, String sink, boolean append) {
    return now.to().equals(expected(sink)) && (append || now.replay().equals(replays.get(sink)));
  }

  private Optional<TopicOffsets> expected(String sink) {
    return states.markers().get(sink).map(Marker::to);
  }

  private SinkPlace place(String sink) {
    return SinkPlace.of(IcebergTables.ancestry(spark, sink), pipeline, sink);
  }
}
