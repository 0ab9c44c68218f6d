/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * The commit to one table that a thread is in. Iceberg's commit runs on the thread that starts the
 * write, which is how {@link FencedTable} and {@link FencedOperations} find it.
 */
final class SinkCommit {
  private static final ThreadLocal<SinkCommit> CURRENT = new ThreadLocal<>();

  private final String sink;
  private final Stamp stamp;
  private final OptionalLong rows;
  private final Predicate<TableHistory> allowed;

  /**
   * @param sink the table
   * @param stamp what the commit leaves in the table
   * @param rows how many rows the commit has to add; empty if it is not an append
   * @param allowed whether the commit may follow a state of the table
   */
  SinkCommit(String sink, Stamp stamp, OptionalLong rows, Predicate<TableHistory> allowed) {
    this.sink = sink;
    this.stamp = stamp;
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
    return stamp.summary();
  }

  OptionalLong rows() {
    return rows;
  }

  String sink() {
    return sink;
  }

  /**
   * Asks whether the commit is right on the state that it replaces, on each attempt of Iceberg
   * again, and stamps it.
   *
   * @param base what is replaced
   * @param updated what replaces it
   * @param added the snapshots that are new in it
   * @throws ValidationException if the sink has moved
   */
  TableMetadata admit(TableMetadata base, TableMetadata updated, List<Snapshot> added) {
    Snapshot made = updated.currentSnapshot();
    if (added.stream().noneMatch(snapshot -> snapshot.equals(made))) {
      throw new PipelineFailure(
          Kind.CONFIGURATION,
          "A commit to '"
              + sink
              + "' would not become the table's current state: the session writes to a branch or"
              + " stages its commits. Remove spark.wap.branch and spark.wap.id from the"
              + " environment.");
    }
    boolean marked =
        added.stream()
            .filter(snapshot -> !DataOperations.REPLACE.equals(snapshot.operation()))
            .allMatch(snapshot -> snapshot.summary().entrySet().containsAll(summary().entrySet()));
    if (!marked) {
      throw new IllegalStateException("A commit to " + sink + " has gone past the fence");
    }
    if (!FaultHooks.isFenceOff() && !allowed.test(TableHistory.of(base))) {
      throw new ValidationException("Somebody else has committed to %s", sink);
    }
    return TableMetadata.buildFrom(updated)
        .setProperties(stamp.properties(made, base.properties()))
        .build();
  }
}
