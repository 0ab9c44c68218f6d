/* SPDX-License-Identifier: MIT */
package io.icestream.spark.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.iceberg.util.SnapshotUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what a commit to one table costs: the list of its snapshots, and that of its manifests.
 */
final class TableUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(TableUpkeep.class);

  /** Manifests are merged when so many are small. A commit adds one and copies the list of all. */
  static final int MANY_SMALL_MANIFESTS = 50;

  private final Table table;

  /**
   * @param table its newest state
   */
  TableUpkeep(Table table) {
    this.table = table;
  }

  /** Does what is due. */
  void run(Instant now) {
    mergeManifests();
    expire(now);
  }

  /** Snapshots of branches and tags stay as long as these say. */
  private void expire(Instant now) {
    boolean allowed =
        PropertyUtil.propertyAsBoolean(
            table.properties(), TableProperties.GC_ENABLED, TableProperties.GC_ENABLED_DEFAULT);
    List<Instant> history = new ArrayList<>();
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      history.add(Instant.ofEpochMilli(snapshot.timestampMillis()));
    }
    Retention retention = Retention.of(table.properties());
    if (allowed && retention.isDue(history, now)) {
      int kept = retention.kept(history, now);
      table.expireSnapshots().expireOlderThan(now.toEpochMilli()).retainLast(kept).commit();
      LOG.info(
          "{}: {} of {} snapshots have expired",
          table.name(),
          history.size() - kept,
          history.size());
    }
  }

  private void mergeManifests() {
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      return;
    }
    long small =
        PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.MANIFEST_TARGET_SIZE_BYTES,
                TableProperties.MANIFEST_TARGET_SIZE_BYTES_DEFAULT)
            / 2;
    List<ManifestFile> manifests = current.dataManifests(table.io());
    long many = manifests.stream().filter(manifest -> manifest.length() < small).count();
    if (many >= MANY_SMALL_MANIFESTS) {
      table
          .rewriteManifests()
          .rewriteIf(
              manifest -> manifest.content() == ManifestContent.DATA && manifest.length() < small)
          .clusterBy(file -> "") // in the order of time, as they came
          .commit();
      LOG.info("{}: {} manifests have been merged", table.name(), many);
    }
  }
}
