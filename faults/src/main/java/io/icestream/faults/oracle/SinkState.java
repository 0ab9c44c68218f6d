/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.util.List;
import java.util.Objects;

/**
 * A table of the pipeline after the faults.
 *
 * @param table its name
 * @param model what it has to hold
 * @param chain how its batches follow each other
 * @param snapshots the retained snapshots that led to its newest state, oldest first
 * @param missing files that a retained snapshot needs and that are absent or do not open
 * @param leftOver files in its folder that nothing refers to after the removal of orphans
 */
public record SinkState(
    String table,
    SinkModel model,
    Chain chain,
    List<SnapshotState> snapshots,
    List<String> missing,
    List<String> leftOver) {
  /** How the batches of a table follow each other. */
  public enum Chain {
    /** Each batch starts where the last one ended, and the last one ends at Kafka's end. */
    GAPLESS,
    /** Batches without rows are not there. */
    SPARSE
  }

  public SinkState {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(chain, "chain");
    snapshots = List.copyOf(snapshots);
    missing = List.copyOf(missing);
    leftOver = List.copyOf(leftOver);
  }
}
