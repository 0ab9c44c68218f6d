/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import io.icestream.model.metric.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** When nothing waits any more, if it goes on as in the last five minutes. For one thread. */
final class DrainEstimate {
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(Instant time, long records) {}

  /**
   * @param now the time, later than before
   * @param records what waits
   * @return seconds until nothing waits; a week at most, and if it gets no less
   */
  double after(Instant now, long records) {
    samples.addLast(new Sample(now, records));
    while (samples.getFirst().time().isBefore(now.minus(WINDOW))) {
      samples.removeFirst();
    }
    if (records == 0) {
      return 0;
    }
    Sample first = samples.getFirst();
    double less = first.records() - records;
    double seconds = Backlog.seconds(first.time(), now);
    return less <= 0 || seconds == 0
        ? Metric.WEEK_SECONDS
        : Math.min(Metric.WEEK_SECONDS, records * seconds / less);
  }
}
