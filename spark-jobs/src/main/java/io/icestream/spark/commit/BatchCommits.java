/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Fence.Decision;
import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;
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

  private BatchCommits(
      SparkSession spark, String pipeline, String version, BatchRange range, SinkStates states) {
    this.spark = spark;
    this.pipeline = pipeline;
    this.version = version;
    this.range = range;
    this.states = states;
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
    sinks.keySet().forEach(sink -> markers.put(sink, newestMarker(spark, pipeline, sink)));
    return new BatchCommits(spark, pipeline, version, range, SinkStates.of(markers, sinks, range));
  }

  /** The newest marker that a pipeline has left in a table. */
  public static Optional<Marker> newestMarker(SparkSession spark, String pipeline, String sink) {
    return Marker.newest(SnapshotUtil.currentAncestors(load(spark, sink)), pipeline, sink);
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
            write(sink, rows);
          } else {
            load(spark, sink).newFastAppend().commit();
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
  public void upsert(String sink, Optional<KeyedMerge> merge, Provenance provenance) {
    commit(
        sink,
        provenance,
        OptionalLong.empty(),
        () ->
            merge.ifPresentOrElse(
                m -> m.into(spark, sink), () -> load(spark, sink).newFastAppend().commit()));
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
    SinkCommit commit =
        new SinkCommit(pipeline, sink, states.markers().get(sink).map(Marker::to), marker, rows);
    try {
      commit.run(write);
    } catch (ValidationException e) {
      throw commit.isRefused() ? fenced(sink, e) : e;
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

  private static void write(String sink, Dataset<Row> rows) {
    try {
      TableRows.of(rows, sink).writeTo(sink).append();
    } catch (AnalysisException e) {
      if (rows.sparkSession().catalog().tableExists(sink)) {
        throw new IllegalStateException("The rows do not fit table " + sink, e);
      }
      throw missing(sink, e);
    }
  }

  private static Table load(SparkSession spark, String sink) {
    try {
      return Spark3Util.loadIcebergTable(spark, sink);
    } catch (NoSuchTableException | ParseException e) {
      throw missing(sink, e);
    }
  }

  private static PipelineFailure missing(String sink, Exception cause) {
    return new PipelineFailure(
        Kind.UNAVAILABLE,
        "Table '"
            + sink
            + "' has gone while the pipeline was running. Restore it, or start the"
            + " pipeline again to create it.",
        cause);
  }
}
