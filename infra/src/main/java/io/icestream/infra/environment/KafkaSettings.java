/* SPDX-License-Identifier: MIT */
package io.icestream.infra.environment;

import java.util.Objects;

/**
 * The Kafka of a deployment.
 *
 * @param kind what is paid for
 * @param instance the size of a broker; only for {@link Kind#EXPRESS}; default {@code
 *     express.m7g.large}
 * @param brokers how many there are, a multiple of the zones; only for {@link Kind#EXPRESS};
 *     default one per zone
 * @param partitions how many partitions a topic of a pipeline file gets; default 4
 * @param retentionHours how long a topic keeps its records; has to exceed the longest time that a
 *     pipeline may stand still; default 168
 */
public record KafkaSettings(
    Kind kind, String instance, int brokers, int partitions, int retentionHours) {
  /** The port for clients that sign in with IAM. */
  public static final int IAM_PORT = 9098;

  public KafkaSettings {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(instance, "instance");
  }

  /** What is paid for: traffic and partitions, or brokers. */
  public enum Kind {
    SERVERLESS,
    EXPRESS
  }
}
