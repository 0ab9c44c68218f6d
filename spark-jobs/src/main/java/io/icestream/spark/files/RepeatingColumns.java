/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which columns have values again and again, as the last files of their tables have shown: to look
 * up each value of a column that does not is the dearest part of writing it.
 */
final class RepeatingColumns {
  /** So many files a column goes without a dictionary before it is tried again. */
  private static final int REST = 15;

  private static final Map<Column, Integer> RESTS = new ConcurrentHashMap<>();

  private RepeatingColumns() {}

  /**
   * A column of a table.
   *
   * @param table its table
   * @param id of the column
   * @param allowed whether the table may have dictionaries
   */
  record Column(UUID table, int id, boolean allowed) {
    /** Whether the values may repeat. */
    boolean isWorthATry() {
      return allowed && RESTS.merge(this, 0, (rest, none) -> Math.max(rest - 1, 0)) == 0;
    }

    /** Remembers what a first page has shown. */
    void note(boolean pays) {
      RESTS.put(this, pays ? 0 : REST + 1);
    }
  }
}
