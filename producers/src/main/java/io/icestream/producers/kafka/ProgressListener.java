/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import java.time.Duration;

/**
 * Hears of the progress of a production about once per second and once at its end, on the producing
 * thread.
 */
@FunctionalInterface
public interface ProgressListener {

  /**
   * @param acknowledged records that Kafka has so far
   * @param failed records that Kafka did not take so far
   * @param elapsed time since the start
   */
  void progressed(long acknowledged, long failed, Duration elapsed);

  /** Listens to nothing. */
  static ProgressListener none() {
    return (acknowledged, failed, elapsed) -> {};
  }
}
