/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

/**
 * Moments of a batch at which a driver can die, in their order; those of a table once per table.
 */
public enum CrashPoint {
  /** Spark's offset log has the batch, nothing else is done. Has no table. */
  BATCH_PLANNED,
  /** A table's commit is about to begin: no file is written. */
  BEFORE_FILES,
  /** All data files are written, and no manifest. */
  AFTER_FILES,
  /** The fence has let a table's commit pass, and the catalog has not been asked to make it. */
  BEFORE_SWAP,
  /** The catalog has made a table's commit, and the driver does not know. */
  AFTER_SWAP,
  /** A table has the batch, and the driver knows. */
  BETWEEN_SINKS,
  /** All tables have the batch, Spark's commit log does not. Has no table. */
  BEFORE_COMMIT_LOG
}
