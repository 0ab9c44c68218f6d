/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.Objects;

/**
 * The topic of a source.
 *
 * @param topic the topic's name
 * @param start where a pipeline starts that has never committed; default {@link Start#EARLIEST}
 */
public record KafkaDefinition(String topic, Start start) {
  public KafkaDefinition {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(start, "start");
  }

  /** Where in the topic the first run starts. */
  public enum Start {
    EARLIEST,
    LATEST
  }
}
