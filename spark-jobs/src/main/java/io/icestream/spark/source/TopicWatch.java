/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Tells whether a topic is still the one that it was. Spark compares offsets alone, and would go on
 * in the middle of a topic that was deleted, created again and filled. Keeps one connection.
 */
public final class TopicWatch implements AutoCloseable {
  private final KafkaTopic topic;
  private final Map<String, Object> client;
  private Admin admin;

  /**
   * @param topic as it was
   * @param client properties of Kafka clients
   */
  public TopicWatch(KafkaTopic topic, Map<String, String> client) {
    this.topic = topic;
    this.client = new HashMap<>(client);
  }

  /**
   * Whether the name has become another topic's.
   *
   * @throws IllegalStateException if Kafka does not tell; the cause says why
   */
  public synchronized boolean hasChanged() {
    if (admin == null) {
      admin = Admin.create(client);
    }
    try {
      String id =
          admin
              .describeTopics(List.of(topic.name()))
              .allTopicNames()
              .get()
              .get(topic.name())
              .topicId()
              .toString();
      return !id.equals(topic.id());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close();
      admin = null;
    }
  }
}
