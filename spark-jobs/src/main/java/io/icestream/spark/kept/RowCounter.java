/* SPDX-License-Identifier: MIT */
package io.icestream.spark.kept;

import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Looks at each row of a task before it is kept.
 *
 * @param <C> what it has counted
 */
public interface RowCounter<C> {
  /**
   * Counts a row.
   *
   * @return whether it is to be kept
   */
  boolean count(InternalRow row);

  /** The counts of the rows, when all have been seen. */
  C counts();

  /**
   * The task has failed.
   *
   * @param reason why
   */
  default void abandon(Throwable reason) {}
}
