/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;

/**
 * The commit of one batch to one sink that a thread is in. Iceberg's commit runs on the thread that
 * starts the write, which is how {@link FencedTable} finds it.
 */
final class SinkCommit implements SnapshotAncestryValidator {
  private static final ThreadLocal<SinkCommit> CURRENT = new ThreadLocal<>();

  private final String pipeline;
  private final String sink;
  private final Optional<TopicOffsets> expected;
  private final Marker marker;
  private final OptionalLong rows;
  private boolean refused;

  /**
   * @param pipeline the pipeline
   * @param sink the table
   * @param expected where the sink was when the batch was allowed to commit
   * @param marker what the snapshot will say
   * @param rows how many rows the commit has to add; empty if it is not an append
   */
  SinkCommit(
      String pipeline,
      String sink,
      Optional<TopicOffsets> expected,
      Marker marker,
      OptionalLong rows) {
    this.pipeline = pipeline;
    this.sink = sink;
    this.expected = expected;
    this.marker = marker;
    this.rows = rows;
  }

  /** The commit that this thread is in, if it is in one. */
  static Optional<SinkCommit> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Runs a write whose commit becomes this one. */
  void run(Runnable write) {
    CURRENT.set(this);
    try {
      write.run();
    } finally {
      CURRENT.remove();
    }
  }

  Map<String, String> summary() {
    return marker.summary(pipeline, sink);
  }

  OptionalLong rows() {
    return rows;
  }

  String sink() {
    return sink;
  }

  /** Whether the sink had moved when Iceberg was about to commit. */
  boolean isRefused() {
    return refused;
  }

  /** Runs on the newest state of the table, again on each retry of Iceberg's commit. */
  @Override
  public boolean validate(Iterable<Snapshot> ancestry) {
    Optional<TopicOffsets> actual = Marker.newest(ancestry, pipeline, sink).map(Marker::to);
    refused = !actual.equals(expected);
    return !refused;
  }

  @Override
  public String errorMessage() {
    return "Another driver has committed to " + sink;
  }
}
