/* SPDX-License-Identifier: MIT */
package io.icestream.producers.topic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Something to be done so that a topic is as declared. There is no removal among them. */
sealed interface TopicChange {
  /** The topic. */
  String name();

  /** What is to be done, for a person to read. */
  String text();

  /** Makes the topic. */
  record Create(DeclaredTopic topic) implements TopicChange {
    @Override
    public String name() {
      return topic.name();
    }

    @Override
    public String text() {
      return "created with " + topic.partitions() + " partitions";
    }
  }

  /**
   * Adds partitions. Records of a key may then go to another partition than before.
   *
   * @param from how many there are
   * @param to how many there will be
   */
  record AddPartitions(String name, int from, int to) implements TopicChange {
    @Override
    public String text() {
      return "has " + to + " partitions now, " + from + " before";
    }
  }

  /**
   * Sets settings.
   *
   * @param settings those that are different
   */
  record Configure(String name, SortedMap<String, String> settings) implements TopicChange {
    public Configure {
      settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    @Override
    public String text() {
      return "has " + settings + " now";
    }
  }

  /**
   * Leaves partitions that are not declared: Kafka cannot take them away.
   *
   * @param declared how many are declared
   * @param found how many there are
   */
  record KeepPartitions(String name, int declared, int found) implements TopicChange {
    @Override
    public String text() {
      return "keeps its " + found + " partitions, though " + declared + " are declared";
    }
  }

  /**
   * What is to be done, in the order of the declarations.
   *
   * @param found the topics that are there, by name
   */
  static List<TopicChange> of(List<DeclaredTopic> declared, Map<String, FoundTopic> found) {
    List<TopicChange> changes = new ArrayList<>();
    for (DeclaredTopic topic : declared) {
      FoundTopic there = found.get(topic.name());
      if (there == null) {
        changes.add(new Create(topic));
        continue;
      }
      if (there.partitions() < topic.partitions()) {
        changes.add(new AddPartitions(topic.name(), there.partitions(), topic.partitions()));
      } else if (there.partitions() > topic.partitions()) {
        changes.add(new KeepPartitions(topic.name(), topic.partitions(), there.partitions()));
      }
      SortedMap<String, String> different = new TreeMap<>(topic.config());
      different.entrySet().removeAll(there.config().entrySet());
      if (!different.isEmpty()) {
        changes.add(new Configure(topic.name(), different));
      }
    }
    return changes;
  }
}
