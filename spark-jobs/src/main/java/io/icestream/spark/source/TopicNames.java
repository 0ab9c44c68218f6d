/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/** The topics of a cluster by their ids, which markers name. */
public final class TopicNames {
  private static final long SECONDS = 5;

  private TopicNames() {}

  /**
   * Asks Kafka.
   *
   * @param client properties of Kafka clients
   * @return names by id
   * @throws PipelineFailure if no broker answers within five seconds
   */
  public static Map<String, String> byId(Map<String, String> client) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put("request.timeout.ms", "3000");
    properties.put("default.api.timeout.ms", Long.toString(TimeUnit.SECONDS.toMillis(SECONDS)));
    Map<String, String> names = new TreeMap<>();
    try (Admin admin = Admin.create(properties)) {
      for (TopicDescription topic :
          admin
              .describeTopics(admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS))
              .allTopicNames()
              .get(SECONDS, TimeUnit.SECONDS)
              .values()) {
        names.put(topic.topicId().toString(), topic.name());
      }
      return names;
    } catch (ExecutionException | TimeoutException e) {
      throw new PipelineFailure(
          Kind.UNAVAILABLE,
          "No Kafka broker answers at "
              + client.get("bootstrap.servers")
              + ". Start the embedded stack with './icestream up', or correct"
              + " 'kafka.bootstrap.servers' in the environment.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineFailure(Kind.UNAVAILABLE, "Interrupted while looking for topics.", e);
    }
  }
}
