/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import io.icestream.producers.ProducerException;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;

/** Kafka's failures to connect, in the user's words. */
final class KafkaProblem {

  private KafkaProblem() {}

  static ProducerException noAnswer(String bootstrapServers, Throwable cause) {
    return new ProducerException(
        "No Kafka broker answers at "
            + bootstrapServers
            + ". Start the embedded stack with './icestream up', or correct 'kafka.bootstrap.servers' in"
            + " the environment.",
        cause);
  }

  /**
   * Builds a client.
   *
   * @throws ProducerException if the settings are not valid or no bootstrap server can be resolved
   */
  static <T> T building(ProducerSettings settings, Supplier<T> client) {
    try {
      return client.get();
    } catch (KafkaException e) {
      Throwable reason = e instanceof ConfigException || e.getCause() == null ? e : e.getCause();
      throw new ProducerException(
          "Kafka client for "
              + settings.bootstrapServers()
              + " cannot be built: "
              + reason.getMessage()
              + ". Check the settings 'kafka.*' of the environment.",
          e);
    }
  }
}
