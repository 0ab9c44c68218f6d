/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.CommitListener;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.decode.EventAges;
import java.util.Map;

/** Is told how a pipeline goes on. Nothing that it does may hold a batch up or fail it. */
public interface BatchListener extends CommitListener, AutoCloseable {
  /** Does nothing. */
  BatchListener NONE =
      new BatchListener() {
        @Override
        public void committed(String table, Marker marker) {}

        @Override
        public void quarantined(Map<String, Long> rows) {}

        @Override
        public void finished(
            BatchRange range, long read, Map<String, Long> unmet, EventAges ages) {}

        @Override
        public void close() {}
      };

  /**
   * Rows have been committed to the quarantine table.
   *
   * @param rows how many, by why: an expectation as {@code step.name}, {@code decode} or {@code
   *     late}
   */
  void quarantined(Map<String, Long> rows);

  /**
   * All tables have a batch.
   *
   * @param range what it was
   * @param read rows that it read now; 0 if the tables had it already
   * @param unmet the expectations that were not met, as {@code step.name}, with the number of rows
   * @param ages how old the rows were that could be decoded and were not late
   */
  void finished(BatchRange range, long read, Map<String, Long> unmet, EventAges ages);

  /** The pipeline has ended. */
  @Override
  void close();
}
