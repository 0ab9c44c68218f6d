/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import java.time.Duration;
import java.util.Objects;

/**
 * How much a pipeline reads at once, and when.
 *
 * @param trigger shortest time between the starts of two batches; default one second
 * @param untilDrained whether to end when everything is committed that was in Kafka at the start
 * @param maxOffsetsPerBatch most offsets of one batch; bounds its memory
 * @param retryFor how long to try again while a fault that may pass is in the way; default ten
 *     minutes
 */
public record Pace(
    Duration trigger, boolean untilDrained, long maxOffsetsPerBatch, Duration retryFor) {
  /** Time between two batches when the user does not say. */
  public static final Duration DEFAULT_TRIGGER = Duration.ofSeconds(1);

  /** Offsets of a batch when the user does not say: about 50 MB of half-kilobyte records. */
  public static final long DEFAULT_MAX_OFFSETS = 100_000;

  /** Time to try again when the user does not say: longer than a broker or a login takes. */
  public static final Duration DEFAULT_RETRY_FOR = Duration.ofMinutes(10);

  public Pace {
    Objects.requireNonNull(trigger, "trigger");
    if (trigger.isNegative()) {
      throw new IllegalArgumentException("Trigger has to be 0 or more, found " + trigger);
    }
    if (maxOffsetsPerBatch < 1) {
      throw new IllegalArgumentException(
          "Offsets per batch have to be 1 or more, found " + maxOffsetsPerBatch);
    }
    if (retryFor.isNegative()) {
      throw new IllegalArgumentException("Time to retry has to be 0 or more, found " + retryFor);
    }
  }

  /** A pace that tries again for the default time. */
  public Pace(Duration trigger, boolean untilDrained, long maxOffsetsPerBatch) {
    this(trigger, untilDrained, maxOffsetsPerBatch, DEFAULT_RETRY_FOR);
  }
}
