/* SPDX-License-Identifier: MIT */
package io.icestream.faults.inject;

import java.util.Locale;

/**
 * A moment of a driver's batch at which a fault can happen, in their order. Where rows go to files
 * while they are decoded, the data files of all tables are written before {@link #BEFORE_FILES}.
 */
public enum FaultPoint {
  /** Spark's offset log has the batch. */
  BATCH_PLANNED(false),
  /** A table's commit begins. */
  BEFORE_FILES(true),
  /** A data file is written, and no other. */
  DURING_FILES(true),
  /** All data files are written. */
  AFTER_FILES(true),
  /** The manifest list of the new snapshot is written. */
  AFTER_MANIFESTS(true),
  /** The fence has let the commit pass, and the catalog has not been asked yet. */
  BEFORE_SWAP(true),
  /** The table's new metadata file is written, and the catalog does not know it. */
  AFTER_METADATA(true),
  /** The catalog has the commit, and the driver does not know. */
  AFTER_SWAP(true),
  /** A table has the batch, the next one does not. */
  BETWEEN_SINKS(true),
  /** All tables have the batch, Spark's commit log does not. */
  BEFORE_COMMIT_LOG(false);

  private final boolean ofTable;

  FaultPoint(boolean ofTable) {
    this.ofTable = ofTable;
  }

  /** Whether it comes once per table of a batch. */
  public boolean isOfTable() {
    return ofTable;
  }

  /** The name in combinations, such as {@code after-files}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
