/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.spark.kept.RowCounter;
import io.icestream.spark.kept.RowTap;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;

/** Counts rows, and gives those that go on to a tap instead of keeping them. */
final class TappedCounter<T extends Serializable> implements RowCounter<TappedCounter.Counts<T>> {
  private final DecodedCounts.Counter counter;
  private final int stage;
  private final RowTap<T> tap;

  /**
   * What has become of the rows of a task.
   *
   * @param decoded what they were
   * @param tapped what has become of those that go on
   */
  record Counts<T extends Serializable>(DecodedCounts decoded, T tapped) implements Serializable {}

  /**
   * @param counter counts the rows
   * @param stage ordinal of {@link DecodedColumns#STAGE}
   * @param tap takes rows that go on
   */
  TappedCounter(DecodedCounts.Counter counter, int stage, RowTap<T> tap) {
    this.counter = counter;
    this.stage = stage;
    this.tap = tap;
  }

  @Override
  public boolean count(InternalRow row) {
    counter.count(row);
    if (row.isNullAt(stage)) {
      tap.take(row);
      return false;
    }
    return true;
  }

  @Override
  public Counts<T> counts() {
    return new Counts<>(counter.counts(), tap.end());
  }

  @Override
  public void abandon(Throwable reason) {
    tap.abandon(reason);
  }
}
