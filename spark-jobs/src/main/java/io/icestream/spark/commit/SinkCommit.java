/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;

/**
 * The commit to one table that a thread is in. Iceberg's commit runs on the thread that starts the
 * write, which is how {@link FencedTable} finds it.
 */
final class SinkCommit implements SnapshotAncestryValidator {
  private static final ThreadLocal<SinkCommit> CURRENT = new ThreadLocal<>();

  private final String sink;
  private final Map<String, String> summary;
  private final OptionalLong rows;
  private final Predicate<Iterable<Snapshot>> allowed;

  /**
   * @param sink the table
   * @param summary what the snapshot will say
   * @param rows how many rows the commit has to add; empty if it is not an append
   * @param allowed whether the commit may follow these snapshots, newest first
   */
  SinkCommit(
      String sink,
      Map<String, String> summary,
      OptionalLong rows,
      Predicate<Iterable<Snapshot>> allowed) {
    this.sink = sink;
    this.summary = Map.copyOf(summary);
    this.rows = rows;
    this.allowed = allowed;
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
    return summary;
  }

  OptionalLong rows() {
    return rows;
  }

  String sink() {
    return sink;
  }

  /** Runs on the newest state of the table, again on each retry of Iceberg's commit. */
  @Override
  public boolean validate(Iterable<Snapshot> ancestry) {
    return allowed.test(ancestry);
  }

  @Override
  public String errorMessage() {
    return "Another driver has committed to " + sink;
  }
}
