/* SPDX-License-Identifier: MIT */
package io.icestream.infra.environment;

import io.icestream.model.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What puts records into Kafka: Lambda functions.
 *
 * @param zip the functions; empty if there are no producers
 * @param all the producers, in the order of the context
 */
public record ProducerSettings(Optional<Path> zip, List<Producer> all) {
  public ProducerSettings {
    all = List.copyOf(all);
  }

  /**
   * Refuses a topic that nothing reads.
   *
   * @param read the topics that pipelines read
   * @throws ContextException if a producer writes to another one
   */
  public void requireTopics(Set<String> read) {
    List<String> problems = new ArrayList<>();
    for (Producer producer : all) {
      producer.topics().stream()
          .filter(topic -> !read.contains(topic))
          .forEach(
              topic ->
                  problems.add(
                      "'producers' has topic '"
                          + topic
                          + "' in '"
                          + producer.name()
                          + "', which no pipeline reads. "
                          + Suggestion.of(topic, read)));
    }
    if (!problems.isEmpty()) {
      throw new ContextException(problems);
    }
  }

  /** The producers whose calls tell what they have sent. */
  public List<Producer> measured() {
    return all.stream().filter(Producer::metrics).toList();
  }

  /** A function with what calls it. */
  public sealed interface Producer {
    /** Tells it from others of the stage. */
    String name();

    /** How many of it may run at once; each has connections to Kafka. */
    int concurrency();

    /** The topics that it writes to, each once. */
    List<String> topics();

    /** Whether each call tells CloudWatch what it has sent, which is billed by metric. */
    boolean metrics();

    /** How records of a topic are written; a topic that is not there takes what is sent. */
    default SortedMap<String, TopicFormat> formats() {
      return Collections.emptySortedMap();
    }
  }

  /**
   * Takes requests with records.
   *
   * @param key JSON pointer to the key of a record; empty for records without keys
   */
  public record Http(
      String name,
      int concurrency,
      List<String> topics,
      Optional<String> key,
      SortedMap<String, TopicFormat> formats,
      boolean metrics)
      implements Producer {
    public Http {
      topics = List.copyOf(topics);
      formats = Collections.unmodifiableSortedMap(new TreeMap<>(formats));
    }
  }

  /**
   * Takes files of a bucket.
   *
   * @param routes what becomes of files by the beginning of their names: {@code PREFIX=TOPIC}, with
   *     {@code :LINES} for lines at the top that are no records
   */
  public record ObjectFiles(
      String name,
      int concurrency,
      List<String> routes,
      SortedMap<String, TopicFormat> formats,
      boolean metrics)
      implements Producer {
    public ObjectFiles {
      routes = List.copyOf(routes);
      formats = Collections.unmodifiableSortedMap(new TreeMap<>(formats));
    }

    @Override
    public List<String> topics() {
      return topics(routes);
    }

    /** The topics of these routes, each once. */
    static List<String> topics(List<String> routes) {
      SortedSet<String> topics = new TreeSet<>();
      routes.forEach(
          route -> topics.add(route.substring(route.indexOf('=') + 1).replaceFirst(":.*", "")));
      return List.copyOf(topics);
    }
  }

  /**
   * Asks an API for what is new, on a schedule.
   *
   * @param topic takes the records; the file says the same
   * @param file describes the API
   * @param minutes between two polls
   * @param secrets names of secrets that the file asks for
   * @param addresses of the API, or of the way to it: networks as {@code 203.0.113.0/24}
   */
  public record Api(
      String name,
      String topic,
      Path file,
      int minutes,
      List<String> secrets,
      List<String> addresses,
      boolean metrics)
      implements Producer {
    public Api {
      secrets = List.copyOf(secrets);
      addresses = List.copyOf(addresses);
    }

    @Override
    public int concurrency() {
      return 1;
    }

    @Override
    public List<String> topics() {
      return List.of(topic);
    }
  }

  /**
   * Makes up events, once a minute.
   *
   * @param simulator iot, weblogs or clicks
   * @param topic takes the events
   * @param count how many at a time
   */
  public record Simulation(String name, String simulator, String topic, int count, boolean metrics)
      implements Producer {
    @Override
    public int concurrency() {
      return 1;
    }

    @Override
    public List<String> topics() {
      return List.of(topic);
    }
  }
}
