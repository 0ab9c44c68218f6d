/* SPDX-License-Identifier: MIT */
package io.icestream.producers.topic;

import io.icestream.producers.ProducerException;
import io.icestream.producers.kafka.ProducerSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at topics and changes them. */
final class TopicAdmin implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Admin admin;

  private TopicAdmin(Admin admin) {
    this.admin = admin;
  }

  static TopicAdmin connect(ProducerSettings settings) {
    return new TopicAdmin(Admin.create(settings.forAdmin()));
  }

  /** Makes topics as they are declared, and waits until they can be seen so. */
  List<TopicChange> apply(List<DeclaredTopic> declared) {
    List<TopicChange> changes = TopicChange.of(declared, found(declared));
    changes.forEach(this::apply);
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<TopicChange> left = left(declared);
    while (!left.isEmpty()) {
      if (System.nanoTime() - end > 0) {
        throw new ProducerException(
            "Topics were changed, but still need "
                + left.stream().map(change -> change.name() + ": " + change.text()).toList()
                + " after "
                + PATIENCE
                + ". Run it again.");
      }
      // Brokers hear of a change one after the other
      LockSupport.parkNanos(PAUSE.toNanos());
      left = left(declared);
    }
    return changes;
  }

  @Override
  public void close() {
    admin.close();
  }

  private List<TopicChange> left(List<DeclaredTopic> declared) {
    return TopicChange.of(declared, found(declared)).stream()
        .filter(change -> !(change instanceof TopicChange.KeepPartitions))
        .toList();
  }

  private Map<String, FoundTopic> found(List<DeclaredTopic> declared) {
    Map<String, KafkaFuture<TopicDescription>> described =
        admin.describeTopics(declared.stream().map(DeclaredTopic::name).toList()).topicNameValues();
    Map<String, FoundTopic> found = new HashMap<>();
    described.forEach(
        (name, description) ->
            answer(name, description)
                .ifPresent(
                    topic -> {
                      ConfigResource resource = resource(name);
                      answer(name, admin.describeConfigs(List.of(resource)).values().get(resource))
                          .ifPresent(
                              config -> {
                                Map<String, String> settings = new HashMap<>();
                                for (ConfigEntry entry : config.entries()) {
                                  // The value of a secret setting is not told
                                  if (entry.value() != null) {
                                    settings.put(entry.name(), entry.value());
                                  }
                                }
                                found.put(
                                    name, new FoundTopic(topic.partitions().size(), settings));
                              });
                    }));
    return found;
  }

  private void apply(TopicChange change) {
    if (change instanceof TopicChange.Create create) {
      DeclaredTopic topic = create.topic();
      NewTopic made =
          new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
              .configs(topic.config());
      Optional<Void> unused = answer(change.name(), admin.createTopics(List.of(made)).all());
    } else if (change instanceof TopicChange.AddPartitions more) {
      Optional<Void> unused =
          answer(
              change.name(),
              admin
                  .createPartitions(Map.of(more.name(), NewPartitions.increaseTo(more.to())))
                  .all());
    } else if (change instanceof TopicChange.Configure configure) {
      Collection<AlterConfigOp> settings =
          configure.settings().entrySet().stream()
              .map(
                  setting ->
                      new AlterConfigOp(
                          new ConfigEntry(setting.getKey(), setting.getValue()), OpType.SET))
              .toList();
      Optional<Void> unused =
          answer(
              change.name(),
              admin.incrementalAlterConfigs(Map.of(resource(change.name()), settings)).all());
    }
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  /** Empty where the next look decides: the topic is not there yet, or is there already. */
  private static <T> Optional<T> answer(String topic, KafkaFuture<T> future) {
    try {
      return Optional.ofNullable(future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof UnknownTopicOrPartitionException
          || cause instanceof TopicExistsException) {
        return Optional.empty();
      }
      throw new ProducerException(
          "Topic '"
              + topic
              + "' cannot be looked at or changed: "
              + cause.getMessage()
              + (cause instanceof RetriableException ? " Run it again." : ""),
          cause);
    } catch (TimeoutException e) {
      throw new ProducerException(
          "Kafka does not answer about topic '" + topic + "': look at the way to the brokers.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProducerException("Interrupted while topic '" + topic + "' was looked at.", e);
    }
  }
}
