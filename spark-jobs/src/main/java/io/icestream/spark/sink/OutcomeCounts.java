/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import io.icestream.spark.kept.KeptRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What a batch does to the tables of a sink, in numbers.
 *
 * @param written rows of the ledger
 * @param updated rows of the ledger
 * @param deduplicated rows of the ledger
 * @param inserted rows that the table gets
 * @param changed rows that the table has and that become others, or are removed
 * @param remembered deletions
 */
record OutcomeCounts(
    long written, long updated, long deduplicated, long inserted, long changed, long remembered)
    implements Serializable {
  private static final OutcomeCounts NONE = new OutcomeCounts(0, 0, 0, 0, 0, 0);

  static OutcomeCounts of(KeptRows<Long> outcomes) {
    return outcomes.internal().mapPartitions(new Counting()).collect().stream()
        .reduce(NONE, OutcomeCounts::and);
  }

  private OutcomeCounts and(OutcomeCounts other) {
    return new OutcomeCounts(
        written + other.written,
        updated + other.updated,
        deduplicated + other.deduplicated,
        inserted + other.inserted,
        changed + other.changed,
        remembered + other.remembered);
  }

  /** Counts the outcomes of a partition, in {@link Outcome}'s columns. */
  private static final class Counting
      implements FlatMapFunction<Iterator<InternalRow>, OutcomeCounts> {
    private static final long serialVersionUID = 1;

    @Override
    public Iterator<OutcomeCounts> call(Iterator<InternalRow> rows) {
      long[] sums = new long[6];
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        for (int i = 0; i < 3; i++) {
          sums[i] += row.getLong(1 + i);
        }
        switch (row.getUTF8String(0).toString()) {
          case Outcome.INSERT -> sums[3]++;
          case Outcome.UPDATE, Outcome.DELETE -> sums[4]++;
          case Outcome.REMEMBER -> sums[5]++;
          default -> {
            // Only counted
          }
        }
      }
      return List.of(new OutcomeCounts(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]))
          .iterator();
    }
  }
}
