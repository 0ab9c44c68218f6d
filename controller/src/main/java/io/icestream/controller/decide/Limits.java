/* SPDX-License-Identifier: MIT */
package io.icestream.controller.decide;

import java.time.Duration;
import java.util.Objects;

/**
 * How long is waited, and how often tried.
 *
 * @param grace how long a job may take to end its batch when it is cancelled
 * @param trial how long a job has to run without a break to be trusted
 * @param patience how long a new release may wait for its driver before it is given up
 * @param firstPause how long is waited after a first failure; doubled with each further one
 * @param longestPause the longest of these pauses
 * @param attempts how many failures in a row end the attempts, where waiting is not the remedy
 */
public record Limits(
    Duration grace,
    Duration trial,
    Duration patience,
    Duration firstPause,
    Duration longestPause,
    int attempts) {
  /** Those of the product. */
  public static final Limits STANDARD =
      new Limits(
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(20),
          Duration.ofMinutes(1),
          Duration.ofMinutes(30),
          6);

  /** Beyond this a pause is the longest one, and doubling would overflow. */
  private static final int DOUBLINGS = 20;

  public Limits {
    Objects.requireNonNull(grace, "grace");
    Objects.requireNonNull(trial, "trial");
    Objects.requireNonNull(patience, "patience");
    Objects.requireNonNull(firstPause, "firstPause");
    Objects.requireNonNull(longestPause, "longestPause");
  }

  Duration pause(int failures) {
    if (failures > DOUBLINGS) {
      return longestPause;
    }
    Duration pause = firstPause.multipliedBy(1L << (failures - 1));
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
