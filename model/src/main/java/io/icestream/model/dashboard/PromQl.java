/* SPDX-License-Identifier: MIT */
package io.icestream.model.dashboard;

import io.icestream.model.metric.Alarm;
import io.icestream.model.metric.Measure;
import io.icestream.model.metric.Metric;
import io.icestream.model.metric.MetricTag;
import java.util.List;
import java.util.stream.Collectors;

/** Measures and alarms in the language of Prometheus. */
public final class PromQl {
  private static final String SELECTED = "{pipeline=~\"$pipeline\"}";

  private PromQl() {}

  /** The query of a panel, over the pipelines that are selected. */
  static String panel(Measure measure) {
    return query(measure, SELECTED, "$__rate_interval");
  }

  /** What an alarm watches, without its threshold. */
  public static String watched(Alarm alarm) {
    return query(alarm.measure(), "", Alarm.WINDOW.toMinutes() + "m");
  }

  /**
   * The condition of an alarm. Where a missing metric is bad, one that was there within the hour
   * and is not there now meets it too.
   */
  public static String condition(Alarm alarm) {
    Alarm.Threshold threshold = alarm.threshold();
    String bad =
        watched(alarm) + " " + threshold.comparison().sign() + " " + (long) threshold.value();
    if (!threshold.missingIsBad()) {
      return bad;
    }
    Metric metric = alarm.measure().metric();
    String tags = tags(alarm.measure().by());
    return "(%s) or (max by (%s) (last_over_time(%s[1h])) unless max by (%s) (%s))"
        .formatted(bad, tags, metric.prometheus(), tags, metric.prometheus());
  }

  private static String query(Measure measure, String selection, String window) {
    String by = tags(measure.by());
    String series = measure.metric().prometheus() + selection;
    return switch (measure.how()) {
      case VALUE -> "max by (%s) (%s)".formatted(by, series);
      case RATE -> rate(by, series, window);
      case INCREASE -> "sum by (%s) (increase(%s[5m]))".formatted(by, series);
      case PER ->
          rate(by, series, window)
              + " / "
              + rate(by, measure.per().orElseThrow().prometheus() + selection, window);
      case P50, P99 ->
          throw new IllegalArgumentException("Prometheus has no distribution: " + measure.metric());
    };
  }

  private static String rate(String by, String series, String window) {
    return "sum by (%s) (rate(%s[%s]))".formatted(by, series, window);
  }

  private static String tags(List<MetricTag> tags) {
    return tags.stream().map(MetricTag::key).collect(Collectors.joining(", "));
  }
}
