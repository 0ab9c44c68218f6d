/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * What one state of a table tells about what has been committed to it.
 *
 * @param ancestry the snapshots that led to it, newest first, as far back as they have not expired
 * @param properties the table's properties, which outlive all snapshots
 */
record TableHistory(Iterable<Snapshot> ancestry, Map<String, String> properties) {

  static TableHistory of(Table table) {
    return new TableHistory(SnapshotUtil.currentAncestors(table), table.properties());
  }

  static TableHistory of(TableMetadata metadata) {
    Snapshot current = metadata.currentSnapshot();
    return new TableHistory(
        current == null
            ? List.of()
            : SnapshotUtil.ancestorsOf(current.snapshotId(), metadata::snapshot),
        metadata.properties());
  }

  /** The current snapshot; empty if the table has none. */
  Optional<Long> head() {
    for (Snapshot snapshot : ancestry) {
      return Optional.of(snapshot.snapshotId());
    }
    return Optional.empty();
  }
}
