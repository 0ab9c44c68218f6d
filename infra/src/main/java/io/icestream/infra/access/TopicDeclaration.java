/* SPDX-License-Identifier: MIT */
package io.icestream.infra.access;

import io.icestream.infra.environment.KafkaSettings;
import io.icestream.infra.environment.ProducerSettings;
import io.icestream.infra.environment.ProducerSettings.ObjectFiles;
import io.icestream.model.PipelineDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A topic that has to be there.
 *
 * @param name its name
 * @param partitions how many partitions it has
 * @param config its settings, as Kafka calls them
 */
public record TopicDeclaration(String name, int partitions, SortedMap<String, String> config) {
  /**
   * The topics that pipelines read, each once, by name; then what producers need.
   *
   * @throws io.icestream.infra.environment.ContextException if a producer writes to a topic that no
   *     pipeline reads
   */
  public static List<TopicDeclaration> of(
      List<PipelineDefinition> pipelines, KafkaSettings settings, ProducerSettings producers) {
    TreeSet<String> names = new TreeSet<>();
    pipelines.forEach(
        pipeline ->
            pipeline.sources().values().forEach(source -> names.add(source.kafka().topic())));
    SortedMap<String, String> config = new TreeMap<>();
    config.put("retention.ms", Long.toString(TimeUnit.HOURS.toMillis(settings.retentionHours())));
    producers.requireTopics(names);
    List<TopicDeclaration> topics = new ArrayList<>();
    names.forEach(name -> topics.add(new TopicDeclaration(name, settings.partitions(), config)));
    if (producers.all().stream().anyMatch(ObjectFiles.class::isInstance)) {
      SortedMap<String, String> compacted = new TreeMap<>(Map.of("cleanup.policy", "compact"));
      topics.add(
          new TopicDeclaration(ProducerGrants.PROGRESS_TOPIC, settings.partitions(), compacted));
    }
    return List.copyOf(topics);
  }

  /** The settings as a properties file. */
  public String properties() {
    StringBuilder text = new StringBuilder();
    config.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString();
  }
}
