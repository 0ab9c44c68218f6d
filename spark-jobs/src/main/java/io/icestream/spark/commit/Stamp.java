/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.Map;
import org.apache.iceberg.Snapshot;

/** What a commit leaves in a table beside its rows. */
interface Stamp {
  /** Entries of the snapshot's summary. */
  Map<String, String> summary();

  /**
   * Table properties that are set in the same commit, so that the stamp outlives its snapshot.
   *
   * @param made the snapshot that the commit makes
   * @param present the table's properties before
   */
  Map<String, String> properties(Snapshot made, Map<String, String> present);
}
