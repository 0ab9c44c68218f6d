/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.failure.TransientFault;
import java.time.Duration;
import java.time.Instant;

/**
 * How long something has been in the way of a pipeline, and how long to wait before it tries again:
 * 1 s, then twice as long each time, up to 30 s. A batch that gets through ends the outage.
 */
final class Outage {
  static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Duration limit;
  private Duration wait = FIRST_WAIT;
  private Instant began;
  private long batches;

  /**
   * @param limit how long an outage may last; none at all if it is zero
   */
  Outage(Duration limit) {
    this.limit = limit;
  }

  /**
   * Takes note of a failure.
   *
   * @param failure what failed
   * @param done how many batches have got through since the pipeline started
   * @param now when
   * @return how long to wait before the next attempt
   * @throws PipelineFailure if the outage has lasted too long, or if the failure is one
   * @throws IllegalStateException if the failure does not pass by itself
   */
  Duration after(Throwable failure, long done, Instant now) {
    Throwable fault =
        TransientFault.in(failure)
            .orElseThrow(
                () ->
                    PipelineFailure.in(failure)
                        .<RuntimeException>map(known -> known)
                        .orElseGet(() -> new IllegalStateException(failure)));
    if (began == null || done > batches) {
      began = now;
      wait = FIRST_WAIT;
    }
    batches = done;
    Duration lasted = Duration.between(began, now);
    if (lasted.compareTo(limit) >= 0) {
      throw new PipelineFailure(
          Kind.UNAVAILABLE,
          "The pipeline has tried for "
              + lasted.toSeconds()
              + " s (--retry-for "
              + limit.toSeconds()
              + "s) and does not get on: "
              + firstLine(fault)
              + ". Nothing is lost: start it again when that is mended.",
          failure);
    }
    Duration next = wait;
    Duration twice = wait.multipliedBy(2);
    wait = twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
    return next;
  }

  /** Some faults quote whole responses. */
  static String firstLine(Throwable fault) {
    return fault.toString().lines().findFirst().orElseThrow();
  }
}
