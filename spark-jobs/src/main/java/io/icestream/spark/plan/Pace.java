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
 */
public record Pace(Duration trigger, boolean untilDrained, long maxOffsetsPerBatch) {
  /** Time between two batches when the user does not say. */
  public static final Duration DEFAULT_TRIGGER = Duration.ofSeconds(1);

  /** Offsets of a batch when the user does not say: about 50 MB of half-kilobyte records. */
  public static final long DEFAULT_MAX_OFFSETS = 100_000;

  public Pace {
    Objects.requireNonNull(trigger, "trigger");
    if (trigger.isNegative()) {
      throw new IllegalArgumentException("Trigger has to be 0 or more, found " + trigger);
    }
    if (maxOffsetsPerBatch < 1) {
      throw new IllegalArgumentException(
          "Offsets per batch have to be 1 or more, found " + maxOffsetsPerBatch);
    }
  }
}
