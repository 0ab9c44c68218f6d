/* SPDX-License-Identifier: MIT */
package io.icestream.spark.replay;

import java.util.List;

/** Is told what a replay has done, right after each commit. */
public interface ReplayProgress {
  /** Is told, and does nothing. */
  ReplayProgress NONE = new ReplayProgress() {};

  /**
   * An interrupted replay was found and closed; its rows are replayed with the others.
   *
   * @param done the tables that have its rows already
   */
  default void settledInterrupted(List<String> done) {}

  /** Rows are claimed. */
  default void claimed(long rows) {}

  /** A table has the claimed rows that are for it. */
  default void committed(String sink) {}

  /** The quarantine table says what became of the claimed rows. */
  default void settled() {}
}
