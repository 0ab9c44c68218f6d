/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a partition has been read.
 *
 * @param earliest the first offset that Kafka still has
 * @param next the next offset to read
 * @param latest the next offset that will be written, as readers of committed records see it
 * @param waiting when the oldest record came that has not been read; empty if there is none
 * @param oldest when the oldest record came that Kafka still has; empty if it has none, or has
 *     never deleted any
 */
public record PartitionLag(
    long earliest, long next, long latest, Optional<Instant> waiting, Optional<Instant> oldest) {
  public PartitionLag {
    Objects.requireNonNull(waiting, "waiting");
    Objects.requireNonNull(oldest, "oldest");
  }

  /** Offsets that have not been read. */
  public long offsets() {
    return Math.max(0, latest - Math.max(next, earliest));
  }
}
