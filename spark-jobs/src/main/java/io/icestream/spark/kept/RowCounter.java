/* SPDX-License-Identifier: MIT */
package io.icestream.spark.kept;

import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Looks at each row of a task while it is kept.
 *
 * @param <C> what it has counted
 */
public interface RowCounter<C> {
  /** Counts a row. */
  void count(InternalRow row);

  /** The counts of the rows so far. */
  C counts();
}
