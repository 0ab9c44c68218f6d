/* SPDX-License-Identifier: MIT */
package io.icestream.faults.inject;

/** What others do while a driver is in the middle of a batch. */
public interface Neighbours {
  /** Makes larger files of all files of a table. */
  void compact(String table);

  /** Removes all snapshots of a table but the newest. */
  void expire(String table);

  /** Starts another driver of the same pipeline, and lets it do all there is to do. */
  void takeOver();
}
