/* SPDX-License-Identifier: MIT */
package io.icestream.spark.recovery;

/** Is told what a recovery has done. */
public interface RecoveryProgress {
  /**
   * Gaps are in the gap table.
   *
   * @param gaps how many rows were added; 0 if they were there already
   */
  void recorded(int gaps);

  /** A table has been moved over a gap. */
  void moved(Move move);

  /**
   * The checkpoint has been set aside.
   *
   * @param path where it is now
   */
  void setAside(String path);

  /** A batch has been committed to the sinks that lacked it. */
  void brought(Slice slice);
}
