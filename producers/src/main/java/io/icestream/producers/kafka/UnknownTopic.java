/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import java.util.SortedSet;
import java.util.stream.Collectors;

/** The message for a topic that does not exist. */
final class UnknownTopic {

  private static final int SHOWN = 20;

  private UnknownTopic() {}

  static String message(String topic, SortedSet<String> names, String bootstrapServers) {
    String meant =
        NearestName.among(names, topic).map(name -> "; did you mean '" + name + "'?").orElse(".");
    return "Topic '"
        + topic
        + "' does not exist at "
        + bootstrapServers
        + meant
        + " "
        + existing(names)
        + " Create it with --create-topic.";
  }

  private static String existing(SortedSet<String> names) {
    if (names.isEmpty()) {
      return "There are no topics yet.";
    }
    String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    int more = names.size() - SHOWN;
    return "Existing topics: " + shown + (more > 0 ? " and " + more + " more." : ".");
  }
}
