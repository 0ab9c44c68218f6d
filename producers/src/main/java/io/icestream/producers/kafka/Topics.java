/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import io.icestream.producers.ProducerException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topics of a Kafka cluster, without the internal ones. Calls give up after 5 seconds without
 * an answer.
 */
public final class Topics implements AutoCloseable, TopicCheck {

  private static final int ANSWER_MILLIS = 5_000;
  private static final int CREATE_MILLIS = 20_000;

  private final Admin admin;
  private final String bootstrapServers;

  private Topics(Admin admin, String bootstrapServers) {
    this.admin = admin;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Connects and waits for a broker's answer.
   *
   * @throws ProducerException if none comes within 5 seconds or the settings are not valid
   */
  public static Topics connect(ProducerSettings settings) {
    Topics topics =
        new Topics(
            KafkaProblem.building(settings, () -> Admin.create(settings.forAdmin())),
            settings.bootstrapServers());
    try {
      SortedSet<String> unused = topics.names();
      return topics;
    } catch (RuntimeException e) {
      topics.close();
      throw e;
    }
  }

  /**
   * Names of all topics, sorted, without internal ones.
   *
   * @throws ProducerException if no broker answers
   */
  public SortedSet<String> names() {
    return new TreeSet<>(
        answer(admin.listTopics(new ListTopicsOptions().timeoutMs(ANSWER_MILLIS)).names()));
  }

  /**
   * Creates those topics that do not exist and waits until they can be seen. A topic that exists
   * stays as it is, whatever its number of partitions.
   *
   * @return names of the topics created, in the order given
   * @throws ProducerException if no broker answers or one refuses
   */
  public List<String> createIfAbsent(List<TopicSpec> specs) {
    SortedSet<String> existing = names();
    List<String> created =
        specs.stream()
            .filter(spec -> !existing.contains(spec.name()))
            .filter(this::create)
            .map(TopicSpec::name)
            .toList();
    awaitVisible(created);
    return created;
  }

  /**
   * Does nothing if the topic exists.
   *
   * @throws ProducerException if it does not, with the topics there are and a suggestion; or if no
   *     broker answers
   */
  @Override
  public void require(String topic) {
    SortedSet<String> names = names();
    if (!names.contains(topic)) {
      throw new ProducerException(UnknownTopic.message(topic, names, bootstrapServers));
    }
  }

  @Override
  public void close() {
    Uninterrupted.run(admin::close);
  }

  private boolean create(TopicSpec spec) {
    NewTopic topic = new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty());
    try {
      Void unused =
          admin
              .createTopics(List.of(topic), new CreateTopicsOptions().timeoutMs(CREATE_MILLIS))
              .all()
              .get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw new ProducerException(
          "Topic '"
              + spec.name()
              + "' cannot be created at "
              + bootstrapServers
              + ": "
              + e.getCause().getMessage(),
          e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void awaitVisible(List<String> created) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CREATE_MILLIS);
    while (!names().containsAll(created)) {
      if (System.nanoTime() - end > 0) {
        throw new ProducerException(
            "Topics "
                + created
                + " were created at "
                + bootstrapServers
                + " but do not appear: look into the broker's log.");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw KafkaProblem.noAnswer(bootstrapServers, e.getCause());
      }
      throw new ProducerException(
          "Kafka at "
              + bootstrapServers
              + " refuses to list its topics: "
              + e.getCause().getMessage()
              + " Check the security settings.",
          e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private ProducerException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new ProducerException(
        "Interrupted while waiting for Kafka at " + bootstrapServers + ".", cause);
  }
}
