/* SPDX-License-Identifier: MIT */
package io.icestream.producers.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.producers.ProducerException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A topic that has to be there.
 *
 * @param name its name
 * @param partitions how many partitions it has at least
 * @param config settings as Kafka calls them; others keep what they are
 */
record DeclaredTopic(String name, int partitions, SortedMap<String, String> config) {
  private static final ObjectMapper JSON = new ObjectMapper();

  DeclaredTopic {
    Objects.requireNonNull(name, "name");
    config = Collections.unmodifiableSortedMap(new TreeMap<>(config));
  }

  /**
   * Reads a list of objects with {@code name}, {@code partitions} and {@code config}.
   *
   * @throws ProducerException if it is something else
   */
  static List<DeclaredTopic> list(String json) {
    JsonNode list;
    try {
      list = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new ProducerException("The declared topics are not JSON. Deploy them again.", e);
    }
    if (!list.isArray()) {
      throw new ProducerException(
          "The declared topics are a JSON " + list.getNodeType() + ", expected a list of objects.");
    }
    List<DeclaredTopic> topics = new ArrayList<>();
    for (JsonNode topic : list) {
      String name = topic.path("name").asText();
      int partitions = topic.path("partitions").asInt();
      if (name.isEmpty() || partitions < 1) {
        throw new ProducerException(
            "A declared topic is " + topic + ": expected a 'name', and 'partitions' of 1 or more.");
      }
      SortedMap<String, String> config = new TreeMap<>();
      topic
          .path("config")
          .fields()
          .forEachRemaining(entry -> config.put(entry.getKey(), entry.getValue().asText()));
      topics.add(new DeclaredTopic(name, partitions, config));
    }
    return topics;
  }
}
