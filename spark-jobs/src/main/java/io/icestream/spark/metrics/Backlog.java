/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import io.icestream.model.metric.Metric;
import io.icestream.spark.source.PartitionLag;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * What waits in a topic. Of ages and distances the worst partition counts: a mean hides the one
 * that stands still.
 *
 * @param records offsets that have not been read
 * @param ageSeconds age of the oldest record that has not been read; 0 if there is none
 * @param headroomSeconds how far the next record to read is from where Kafka deletes; a week at
 *     most, and where nothing has been deleted
 */
public record Backlog(long records, double ageSeconds, double headroomSeconds) {

  /**
   * Sums partitions up.
   *
   * @param partitions how far each is
   * @param now the time
   */
  public static Backlog of(Collection<PartitionLag> partitions, Instant now) {
    return new Backlog(
        partitions.stream().mapToLong(PartitionLag::offsets).sum(),
        partitions.stream()
            .flatMap(partition -> partition.waiting().stream())
            .mapToDouble(since -> seconds(since, now))
            .max()
            .orElse(0),
        partitions.stream()
            .mapToDouble(partition -> headroom(partition, now))
            .min()
            .orElse(Metric.WEEK_SECONDS));
  }

  private static double headroom(PartitionLag partition, Instant now) {
    Optional<Instant> oldest = partition.oldest();
    return oldest
        .map(first -> seconds(first, partition.waiting().orElse(now)))
        .map(distance -> Math.min(distance, Metric.WEEK_SECONDS))
        .orElse((double) Metric.WEEK_SECONDS);
  }

  /** Never negative: clocks differ. */
  static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
  }
}
