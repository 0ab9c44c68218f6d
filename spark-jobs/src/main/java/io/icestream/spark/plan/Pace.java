/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import java.time.Duration;
import java.util.Objects;

/**
 * How much a pipeline reads and writes at once, and when.
 *
 * @param trigger shortest time between the starts of two batches; default one second
 * @param untilDrained whether to end when everything is committed that was in Kafka at the start
 * @param maxOffsetsPerBatch most offsets of one batch; bounds its memory
 * @param retryFor how long to try again while a fault that may pass is in the way; default ten
 *     minutes
 * @param sinksAtOnce to how many sinks a batch is written at the same time; default four
 */
public record Pace(
    Duration trigger,
    boolean untilDrained,
    long maxOffsetsPerBatch,
    Duration retryFor,
    int sinksAtOnce) {
  /** Time between two batches when the user does not say. */
  public static final Duration DEFAULT_TRIGGER = Duration.ofSeconds(1);

  /** Offsets of a batch when the user does not say: about 50 MB of half-kilobyte records. */
  public static final long DEFAULT_MAX_OFFSETS = 100_000;

  /** Time to try again when the user does not say: longer than a broker or a login takes. */
  public static final Duration DEFAULT_RETRY_FOR = Duration.ofMinutes(10);

  /**
   * Sinks at once when nobody says: a commit waits for the store and the catalog most of its time,
   * but each write that is open holds memory.
   */
  public static final int DEFAULT_SINKS_AT_ONCE = 4;

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
    if (sinksAtOnce < 1) {
      throw new IllegalArgumentException(
          "Sinks at once have to be 1 or more, found " + sinksAtOnce);
    }
  }

  /** A pace that writes as many sinks at once as is the default. */
  public Pace(Duration trigger, boolean untilDrained, long maxOffsetsPerBatch, Duration retryFor) {
    this(trigger, untilDrained, maxOffsetsPerBatch, retryFor, DEFAULT_SINKS_AT_ONCE);
  }

  /** A pace that tries again for the default time. */
  public Pace(Duration trigger, boolean untilDrained, long maxOffsetsPerBatch) {
    this(trigger, untilDrained, maxOffsetsPerBatch, DEFAULT_RETRY_FOR);
  }

  /** The same pace with the sinks of a batch one after another, in the order of the file. */
  public Pace withSinksInTurn() {
    return new Pace(trigger, untilDrained, maxOffsetsPerBatch, retryFor, 1);
  }
}
