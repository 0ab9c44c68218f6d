/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import io.icestream.producers.ProducerException;
import java.time.Duration;

/** Waits between two tries. */
@FunctionalInterface
interface Waiting {

  /**
   * @throws ProducerException if there is no time for it, or the thread is interrupted
   */
  void sleep(Duration time);

  /** Really. */
  static Waiting asleep() {
    return time -> {
      try {
        Thread.sleep(time.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ProducerException("Interrupted while waiting for an API.", e);
      }
    };
  }
}
