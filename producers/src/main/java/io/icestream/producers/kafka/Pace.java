/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import io.icestream.producers.ProducerException;

/** How fast records are handed to Kafka. */
public sealed interface Pace {

  /** As fast as Kafka takes them. */
  record Unlimited() implements Pace {}

  /**
   * Evenly spread over time. Time lost to a pause of more than 20 ms is not made up for.
   *
   * @param records per second, 1 to 1,000,000,000
   */
  record PerSecond(long records) implements Pace {

    private static final long MOST = 1_000_000_000;

    /**
     * @throws ProducerException if the rate is out of bounds
     */
    public PerSecond {
      if (records < 1 || records > MOST) {
        throw new ProducerException(
            "Rate is "
                + records
                + " records per second: give 1 to "
                + MOST
                + ", or no rate for full speed.");
      }
    }
  }

  /** As fast as Kafka takes them. */
  static Pace unlimited() {
    return new Unlimited();
  }

  /**
   * This many records per second, evenly spread.
   *
   * @param records 1 to 1,000,000,000
   * @throws ProducerException if the rate is out of bounds
   */
  static Pace perSecond(long records) {
    return new PerSecond(records);
  }
}
