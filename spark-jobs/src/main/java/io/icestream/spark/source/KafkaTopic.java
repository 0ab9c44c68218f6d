/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import io.icestream.model.Suggestion;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * A topic that is known to exist.
 *
 * @param name its name
 * @param id its Kafka id, which differs when the topic has been deleted and made again
 * @param partitions how many partitions it has
 * @param cluster id of the Kafka cluster; empty if it has none
 */
public record KafkaTopic(String name, String id, int partitions, String cluster) {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  /** A topic of a cluster whose id is unknown. */
  public KafkaTopic(String name, String id, int partitions) {
    this(name, id, partitions, "");
  }

  /**
   * Looks a topic up, so that a wrong name or address is an error at the start and not a silence.
   *
   * @param name the topic
   * @param client properties of Kafka clients
   * @throws PipelineFailure if no broker answers within 15 seconds or there is no such topic
   */
  public static KafkaTopic find(String name, Map<String, String> client) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put("request.timeout.ms", "5000");
    properties.put("default.api.timeout.ms", Long.toString(TIMEOUT.toMillis()));
    try (Admin admin = Admin.create(properties)) {
      Set<String> topics =
          new TreeSet<>(admin.listTopics().names().get(TIMEOUT.toSeconds() + 1, TimeUnit.SECONDS));
      if (!topics.contains(name)) {
        throw new PipelineFailure(
            Kind.UNAVAILABLE,
            "Topic '"
                + name
                + "' does not exist on "
                + client.get("bootstrap.servers")
                + ". "
                + Suggestion.among(name, topics, "Existing topics")
                + " Create it, or correct 'topic' in the pipeline file.");
      }
      TopicDescription description =
          admin
              .describeTopics(List.of(name))
              .allTopicNames()
              .get(TIMEOUT.toSeconds() + 1, TimeUnit.SECONDS)
              .get(name);
      String cluster =
          admin.describeCluster().clusterId().get(TIMEOUT.toSeconds() + 1, TimeUnit.SECONDS);
      return new KafkaTopic(
          name,
          description.topicId().toString(),
          description.partitions().size(),
          cluster == null ? "" : cluster);
    } catch (ExecutionException | TimeoutException e) {
      throw new PipelineFailure(
          Kind.UNAVAILABLE,
          "No Kafka broker answers at "
              + client.get("bootstrap.servers")
              + ". Start the embedded"
              + " stack with './icestream up', or correct 'kafka.bootstrap.servers' in the"
              + " environment.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineFailure(Kind.UNAVAILABLE, "Interrupted while looking for a topic.", e);
    }
  }
}
