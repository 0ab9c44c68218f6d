/* SPDX-License-Identifier: MIT */
package io.icestream.model.metric;

import io.icestream.model.Expectation;
import io.icestream.model.Expectation.Otherwise;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.SinkDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The series of a pipeline: its metrics with the values of their tags, as far as its file tells
 * them. An alarm of CloudWatch names all values, and each series is billed.
 */
public final class PipelineSeries {
  /** The parts of a batch, without the whole, {@code triggerExecution}: they can be summed up. */
  public static final List<String> PHASES =
      List.of(
          "addBatch", "commitOffsets", "getBatch", "latestOffset", "queryPlanning", "walCommit");

  /** What only the tables of sinks have; all else of tables is told of the quarantine, too. */
  private static final List<Metric> OF_SINKS =
      List.of(
          Metric.EVENT_DELAY, Metric.COMMIT_DELAY, Metric.TABLE_FRESHNESS, Metric.TABLE_COMMIT_AGE);

  private final Map<MetricTag, List<String>> values = new TreeMap<>();
  private final List<String> expectations;

  private PipelineSeries(List<String> expectations) {
    this.expectations = expectations;
  }

  /** The series of a pipeline: of its sinks' tables, and of what sends rows to quarantine. */
  public static PipelineSeries of(PipelineDefinition pipeline) {
    List<String> expectations = new ArrayList<>();
    List<String> rules = new ArrayList<>(List.of("decode", "late"));
    pipeline
        .steps()
        .forEach(
            (step, definition) -> {
              for (Expectation each : definition.expectations()) {
                expectations.add(step + "." + each.name());
                if (each.otherwise() == Otherwise.QUARANTINE) {
                  rules.add(step + "." + each.name());
                }
              }
              definition
                  .batchExpectations()
                  .forEach(each -> expectations.add(step + "." + each.name()));
            });
    Collections.sort(rules);
    PipelineSeries series = new PipelineSeries(expectations);
    series.values.put(MetricTag.PIPELINE, List.of(pipeline.name()));
    series.values.put(
        MetricTag.TABLE,
        pipeline.sinks().values().stream().map(SinkDefinition::table).sorted().toList());
    series.values.put(MetricTag.RULE, rules);
    return series;
  }

  /**
   * The dimensions of each series of a metric that an alarm may be about, in a fixed order.
   *
   * @throws IllegalArgumentException if it is told apart by what no pipeline file has
   */
  public List<SortedMap<String, String>> of(Metric metric) {
    List<SortedMap<String, String>> all = new ArrayList<>(List.of(new TreeMap<>()));
    for (MetricTag tag : metric.tags()) {
      if (!values.containsKey(tag)) {
        throw new IllegalArgumentException("No pipeline file has values of " + tag);
      }
      List<SortedMap<String, String>> longer = new ArrayList<>();
      for (SortedMap<String, String> dimensions : all) {
        for (String value : values.get(tag)) {
          SortedMap<String, String> more = new TreeMap<>(dimensions);
          more.put(tag.key(), value);
          longer.add(more);
        }
      }
      all = longer;
    }
    return all;
  }

  /** How many series the pipeline tells, once each of its rules has met a row. */
  public int told() {
    return Arrays.stream(Metric.values()).mapToInt(this::told).sum();
  }

  /** How many alarms of the catalogue there are on its series. */
  public int alarms() {
    return Arrays.stream(Alarm.values())
        .mapToInt(alarm -> of(alarm.measure().metric()).size())
        .sum();
  }

  /** How many metrics a producer tells. */
  public static int ofProducer() {
    return (int)
        Arrays.stream(Metric.values())
            .filter(metric -> metric.tags().get(0) == MetricTag.PRODUCER)
            .count();
  }

  private int told(Metric metric) {
    MetricTag last = metric.tags().get(metric.tags().size() - 1);
    return switch (last) {
      case PIPELINE -> 1;
      case TABLE -> values.get(last).size() + (OF_SINKS.contains(metric) ? 0 : 1);
      case RULE ->
          metric == Metric.ROWS_UNMET ? expectations.size() : values.get(MetricTag.RULE).size();
      case PHASE -> PHASES.size();
      case PRODUCER -> 0;
    };
  }
}
