/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import io.icestream.producers.ProducerException;

/**
 * A topic to create. Replication is the broker's default.
 *
 * @param name 1 to 249 letters, digits, dots, underscores and hyphens
 * @param partitions 1 or more
 */
public record TopicSpec(String name, int partitions) {

  /**
   * @throws ProducerException if the name is not a topic name or there are no partitions
   */
  public TopicSpec {
    if (name == null
        || !name.matches("[A-Za-z0-9._-]{1,249}")
        || name.equals(".")
        || name.equals("..")) {
      throw new ProducerException(
          "Topic name '"
              + name
              + "' is not valid: use 1 to 249 letters, digits, dots, underscores and hyphens.");
    }
    if (partitions < 1) {
      throw new ProducerException(
          "Topic '" + name + "' has " + partitions + " partitions: give 1 or more.");
    }
  }
}
