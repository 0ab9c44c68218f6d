/* SPDX-License-Identifier: MIT */
package io.icestream.cli.example;

import io.icestream.producers.kafka.ProducerSettings;
import io.icestream.producers.kafka.TopicSpec;
import io.icestream.producers.kafka.Topics;
import java.util.List;

/** The topics of the simulators. */
public final class ExampleTopics {
  private static final List<TopicSpec> TOPICS =
      List.of(
          new TopicSpec("iot.readings", 4),
          new TopicSpec("weblogs", 4),
          new TopicSpec("clicks", 4));

  private ExampleTopics() {}

  /** Creates those that are absent; gives their names. */
  public static List<String> create(String bootstrapServers) {
    try (Topics topics = Topics.connect(ProducerSettings.of(bootstrapServers))) {
      return topics.createIfAbsent(TOPICS);
    }
  }
}
