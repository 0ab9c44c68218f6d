/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

/** Is told what has been committed. */
public interface CommitListener {
  /** Does nothing. */
  CommitListener NONE = (table, marker) -> {};

  /**
   * A commit has been made. Called on the thread that made it, on several at once for different
   * tables: has to return soon, and must not throw.
   *
   * @param table the table
   * @param marker what the commit says of its batch
   */
  void committed(String table, Marker marker);
}
