/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table as one of its retained snapshots shows it.
 *
 * @param id the snapshot's id
 * @param first whether it is the first that the table ever had
 * @param mark what it says about its batch; empty for one of compaction, replay or maintenance
 * @param rows its rows by column, as texts
 */
public record SnapshotState(
    long id, boolean first, Optional<Mark> mark, List<Map<String, String>> rows) {
  public SnapshotState {
    rows = List.copyOf(rows);
  }
}
