/* SPDX-License-Identifier: MIT */
package io.icestream.model.dashboard;

import static io.icestream.model.shape.Json.object;

import io.icestream.model.metric.Measure;
import io.icestream.model.metric.Metric;
import io.icestream.model.metric.MetricKind;
import io.icestream.model.metric.MetricTag;
import io.icestream.model.metric.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where Grafana finds the metrics. */
public enum Backend {
  PROMETHEUS("Prometheus") {
    @Override
    List<Map<String, Object>> targets(List<Measure> measures) {
      List<Map<String, Object>> targets = new ArrayList<>();
      for (Measure measure : measures) {
        targets.add(
            object(
                "refId", ref(targets.size()),
                "datasource", source(),
                "expr", PromQl.panel(measure),
                "legendFormat", legend(measure, measures.size() > 1, "{{%s}}"),
                "editorMode", "code",
                "range", true));
      }
      return targets;
    }

    @Override
    Object variableQuery() {
      return object(
          "refId",
          "StandardVariableQuery",
          "query",
          "label_values(" + Metric.UP.prometheus() + ", pipeline)");
    }
  },

  CLOUDWATCH("CloudWatch") {
    @Override
    List<Map<String, Object>> targets(List<Measure> measures) {
      List<Map<String, Object>> targets = new ArrayList<>();
      for (Measure measure : measures) {
        String label = legend(measure, measures.size() > 1, "${PROP('Dim.%s')}");
        Map<String, Object> target = cloudWatch(targets.size(), measure.metric());
        target.put("statistic", measure.statistic());
        targets.add(target);
        if (measure.per().isEmpty()) {
          target.put("label", label);
        } else {
          target.put("hide", true);
          Map<String, Object> divisor = cloudWatch(targets.size(), measure.per().get());
          divisor.put("hide", true);
          targets.add(divisor);
          Map<String, Object> quotient = cloudWatch(targets.size(), measure.metric());
          quotient.put("metricEditorMode", 1);
          quotient.put(
              "expression", "SUM(" + target.get("id") + ") / SUM(" + divisor.get("id") + ")");
          quotient.put("label", "all");
          targets.add(quotient);
        }
      }
      return targets;
    }

    @Override
    Object variableQuery() {
      return object(
          "refId",
          "CloudWatchVariableQueryEditor-VariableQuery",
          "queryType",
          "dimensionValues",
          "region",
          "default",
          "namespace",
          Metric.NAMESPACE,
          "metricName",
          Metric.UP.cloudWatch(),
          "dimensionKey",
          MetricTag.PIPELINE.key(),
          "dimensionFilters",
          object());
    }
  };

  private final String title;

  Backend(String title) {
    this.title = title;
  }

  /** Whether it has what a panel shows. */
  boolean has(Panel panel) {
    return this == CLOUDWATCH || panel.isInPrometheus();
  }

  /** The queries of a panel. */
  abstract List<Map<String, Object>> targets(List<Measure> measures);

  /** The query that lists the pipelines. */
  abstract Object variableQuery();

  /** The name for people. */
  String title() {
    return title;
  }

  /** The type of the datasource, and the folder of the dashboards. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The datasource, as everything names it. */
  Map<String, Object> source() {
    return object("type", key(), "uid", "icestream-" + key());
  }

  /** A query for all series of a metric of the selected pipelines, with exactly its dimensions. */
  static Map<String, Object> cloudWatch(int place, Metric metric) {
    Map<String, Object> dimensions = object();
    for (MetricTag tag : metric.tags()) {
      dimensions.put(tag.key(), tag == MetricTag.PIPELINE ? List.of("$pipeline") : List.of("*"));
    }
    return object(
        "refId",
        ref(place),
        "datasource",
        CLOUDWATCH.source(),
        "id",
        ref(place).toLowerCase(Locale.ROOT),
        "queryMode",
        "Metrics",
        "metricQueryType",
        0,
        "metricEditorMode",
        0,
        "region",
        "default",
        "namespace",
        Metric.NAMESPACE,
        "metricName",
        metric.cloudWatch(),
        "dimensions",
        dimensions,
        "matchExact",
        true,
        "statistic",
        metric.statistic(),
        "period",
        "60",
        "expression",
        "",
        "label",
        "");
  }

  private static String legend(Measure measure, boolean named, String pattern) {
    String tags =
        measure.by().stream()
            .map(tag -> pattern.formatted(tag.key()))
            .collect(Collectors.joining(" "));
    String key = measure.metric().key();
    String what =
        measure.metric().kind() == MetricKind.DISTRIBUTION
            ? measure.how().key()
            : key.substring(key.indexOf('.') + 1);
    return named ? tags + " " + what : tags;
  }

  private static String ref(int place) {
    return String.valueOf((char) ('A' + place));
  }
}
