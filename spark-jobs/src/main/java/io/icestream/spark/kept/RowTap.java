/* SPDX-License-Identifier: MIT */
package io.icestream.spark.kept;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Takes rows of a task away as they come, so that they need not be kept.
 *
 * @param <T> what has become of them
 */
public interface RowTap<T extends Serializable> {
  /** Takes a row, which is only good until the next one. */
  void take(InternalRow row);

  /** Ends the taking. */
  T end();

  /**
   * Undoes what has been done, as far as it can be.
   *
   * @param reason why; learns of what cannot be undone
   */
  void abandon(Throwable reason);

  /**
   * Opens the tap of a task. Sent to the tasks.
   *
   * @param <T> what becomes of the rows
   */
  @FunctionalInterface
  interface Opening<T extends Serializable> extends Serializable {
    /** A tap that has taken no row. */
    RowTap<T> open();
  }
}
