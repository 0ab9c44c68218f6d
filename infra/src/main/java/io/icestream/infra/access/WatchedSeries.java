/* SPDX-License-Identifier: MIT */
package io.icestream.infra.access;

import io.icestream.model.Expectation.Otherwise;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.SinkDefinition;
import io.icestream.model.metric.Metric;
import io.icestream.model.metric.MetricTag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The series of a pipeline that alarms are about. An alarm of CloudWatch names all dimensions with
 * their values, so they are taken from the pipeline file.
 */
public final class WatchedSeries {
  private final Map<MetricTag, List<String>> values = new TreeMap<>();

  private WatchedSeries() {}

  /** The series of a pipeline: of its sinks' tables, and of what sends rows to quarantine. */
  public static WatchedSeries of(PipelineDefinition pipeline) {
    WatchedSeries series = new WatchedSeries();
    series.values.put(MetricTag.PIPELINE, List.of(pipeline.name()));
    series.values.put(
        MetricTag.TABLE,
        pipeline.sinks().values().stream().map(SinkDefinition::table).sorted().toList());
    List<String> rules = new ArrayList<>(List.of("decode", "late"));
    pipeline
        .steps()
        .forEach(
            (name, step) ->
                step.expectations().stream()
                    .filter(each -> each.otherwise() == Otherwise.QUARANTINE)
                    .forEach(each -> rules.add(name + "." + each.name())));
    Collections.sort(rules);
    series.values.put(MetricTag.RULE, rules);
    return series;
  }

  /**
   * The dimensions of each series of a metric, in a fixed order.
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
}
