/* SPDX-License-Identifier: MIT */
package io.icestream.spark.replay;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a replay has done, or would do.
 *
 * @param written rows that at least one more table has
 * @param filtered rows that SQL or an expectation with {@code else: drop} left out of all tables
 * @param failed rows that were rejected again, by reason
 * @param present rows that were not added to a table since it had them
 */
public record ReplayReport(
    long written, long filtered, SortedMap<String, Long> failed, long present) {
  /** Nothing was there to replay. */
  public static final ReplayReport NONE = new ReplayReport(0, 0, Collections.emptySortedMap(), 0);

  public ReplayReport {
    failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
  }

  /** How many rows were rejected again. */
  public long failedRows() {
    return failed.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many rows were replayed. */
  public long rows() {
    return written + filtered + failedRows();
  }

  ReplayReport and(ReplayReport other) {
    SortedMap<String, Long> sum = new TreeMap<>(failed);
    for (Map.Entry<String, Long> entry : other.failed.entrySet()) {
      sum.merge(entry.getKey(), entry.getValue(), Long::sum);
    }
    return new ReplayReport(
        written + other.written, filtered + other.filtered, sum, present + other.present);
  }

  ReplayReport withPresent(long rows) {
    return new ReplayReport(written, filtered, failed, present + rows);
  }
}
