/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import io.icestream.model.metric.Metric;
import io.icestream.spark.commit.LakeMarkers;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.source.TopicNames;
import io.icestream.spark.source.TopicProbe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells from outside how far pipelines are behind, from tables and topics alone: the numbers rise
 * when a job is dead. For one thread.
 */
public final class FreshnessProbe implements AutoCloseable {
  private final Environment environment;
  private final LakeMarkers lake;
  private final Map<String, TopicProbe> probes = new HashMap<>();
  private Map<String, String> topics = Map.of();

  /**
   * How far a table is behind its topic.
   *
   * @param pipeline who writes the table
   * @param table the table
   * @param topic the topic
   * @param records offsets that the table does not have
   * @param ageSeconds age of the oldest of them; 0 if there is none
   * @param commitAgeSeconds since the newest commit
   */
  public record Freshness(
      String pipeline,
      String table,
      String topic,
      long records,
      double ageSeconds,
      double commitAgeSeconds) {

    /** Shows it. */
    public void show(Meters meters) {
      meters.set(Metric.TABLE_FRESHNESS, ageSeconds, table);
      meters.set(Metric.TABLE_COMMIT_AGE, commitAgeSeconds, table);
    }
  }

  /**
   * Opens the catalog of an environment.
   *
   * @param environment where pipelines run
   */
  public FreshnessProbe(Environment environment) {
    this.environment = environment;
    this.lake = LakeMarkers.open(environment.catalogName(), environment.catalog());
  }

  /**
   * Looks at all tables that pipelines of this cluster have committed to.
   *
   * @throws PipelineFailure if Kafka does not answer
   */
  public List<Freshness> look() {
    return of(lake.read());
  }

  /**
   * Looks at some tables of one pipeline, and asks the catalog for no others.
   *
   * @throws PipelineFailure if Kafka does not answer
   */
  List<Freshness> look(String pipeline, List<String> tables) {
    return of(
        lake.read(tables).stream().filter(place -> place.pipeline().equals(pipeline)).toList());
  }

  private List<Freshness> of(List<LakeMarkers.Place> places) {
    List<Freshness> all = new ArrayList<>();
    if (places.stream().anyMatch(place -> !topics.containsKey(place.to().topicId()))) {
      topics = TopicNames.byId(environment.kafka());
    }
    for (LakeMarkers.Place place : places) {
      String topic = topics.get(place.to().topicId());
      if (topic != null) {
        all.add(of(place, topic));
      }
    }
    return all;
  }

  @Override
  public void close() {
    probes.values().forEach(TopicProbe::close);
    lake.close();
  }

  private Freshness of(LakeMarkers.Place place, String topic) {
    TopicProbe probe =
        probes.computeIfAbsent(
            place.table() + " " + place.pipeline(),
            key -> new TopicProbe(topic, environment.kafka(), place.pipeline()));
    var partitions = probe.look(place.to().partitions()).values();
    Instant now = Instant.now();
    Backlog backlog = Backlog.of(partitions, now);
    return new Freshness(
        place.pipeline(),
        place.table(),
        topic,
        backlog.records(),
        backlog.ageSeconds(),
        Backlog.seconds(place.committed(), now));
  }
}
