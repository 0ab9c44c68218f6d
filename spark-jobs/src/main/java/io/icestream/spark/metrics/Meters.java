/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import io.icestream.model.metric.Metric;
import io.icestream.model.metric.MetricKind;
import io.icestream.model.metric.MetricTag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The meters of one pipeline. Whatever is measured goes through here, with all of its tags. */
public final class Meters {
  /** What stands for all values of a tag beyond the first hundred. */
  static final String OTHER = "other";

  private static final int MOST_VALUES = 100;

  private final MeterRegistry registry;
  private final String pipeline;
  private final Map<MetricTag, Map<String, String>> values = new ConcurrentHashMap<>();
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();

  /**
   * @param registry where they are published
   * @param pipeline the pipeline
   */
  public Meters(MeterRegistry registry, String pipeline) {
    this.registry = registry;
    this.pipeline = pipeline;
  }

  /**
   * Adds to a counter.
   *
   * @param metric the counter
   * @param amount how much, not negative; 0 makes it visible
   * @param rest the values of its tags behind the pipeline, in the order of the catalogue
   */
  public void add(Metric metric, Number amount, String... rest) {
    List<String> tags = bounded(metric, MetricKind.COUNTER, rest);
    counters
        .computeIfAbsent(id(metric, tags), id -> counter(metric, tags))
        .increment(amount.doubleValue());
  }

  /**
   * Sets a gauge.
   *
   * @param metric the gauge
   * @param value its value from now on
   * @param rest the values of its tags behind the pipeline, in the order of the catalogue
   */
  public void set(Metric metric, Number value, String... rest) {
    List<String> tags = bounded(metric, MetricKind.GAUGE, rest);
    gauges.computeIfAbsent(id(metric, tags), id -> gauge(metric, tags)).set(value.doubleValue());
  }

  private Counter counter(Metric metric, List<String> tags) {
    return Counter.builder(metric.key())
        .tags(named(metric, tags))
        .baseUnit(unit(metric))
        .description(metric.meaning())
        .register(registry);
  }

  private AtomicReference<Double> gauge(Metric metric, List<String> tags) {
    AtomicReference<Double> value = new AtomicReference<>(0.0);
    Gauge.builder(metric.key(), value, AtomicReference::get)
        .tags(named(metric, tags))
        .baseUnit(unit(metric))
        .description(metric.meaning())
        .strongReference(true)
        .register(registry);
    return value;
  }

  private List<String> bounded(Metric metric, MetricKind kind, String... rest) {
    if (metric.kind() != kind || rest.length != metric.tags().size() - 1) {
      throw new IllegalArgumentException(
          metric + " is a " + metric.kind() + " with the tags " + metric.tags());
    }
    List<String> tags = new ArrayList<>(List.of(pipeline));
    for (int i = 0; i < rest.length; i++) {
      Map<String, String> known =
          values.computeIfAbsent(metric.tags().get(i + 1), tag -> new ConcurrentHashMap<>());
      String value = rest[i];
      tags.add(
          known.size() < MOST_VALUES
              ? known.computeIfAbsent(value, same -> same)
              : known.getOrDefault(value, OTHER));
    }
    return tags;
  }

  private static List<Tag> named(Metric metric, List<String> tags) {
    List<Tag> named = new ArrayList<>();
    for (int i = 0; i < tags.size(); i++) {
      named.add(Tag.of(metric.tags().get(i).key(), tags.get(i)));
    }
    return named;
  }

  private static String unit(Metric metric) {
    return metric.unit().base().isEmpty() ? null : metric.unit().base();
  }

  private static String id(Metric metric, List<String> tags) {
    return metric.name() + tags;
  }
}
