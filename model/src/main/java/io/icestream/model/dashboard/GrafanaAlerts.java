/* SPDX-License-Identifier: MIT */
package io.icestream.model.dashboard;

import static io.icestream.model.shape.Json.object;

import io.icestream.model.metric.Alarm;
import io.icestream.model.metric.Alarm.Comparison;
import io.icestream.model.metric.MetricKind;
import io.icestream.model.shape.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The alarms as rules that Grafana provisions. */
public final class GrafanaAlerts {
  private static final int WINDOW_SECONDS = (int) Alarm.WINDOW.toSeconds();

  private GrafanaAlerts() {}

  /** The file, with a line end at the end. */
  public static String text(Backend backend) {
    return Json.text(
        object(
            "apiVersion",
            1,
            "groups",
            List.of(
                object(
                    "orgId",
                    1,
                    "name",
                    "icestream-" + backend.key(),
                    "folder",
                    "Icestream",
                    "interval",
                    "1m",
                    "rules",
                    Arrays.stream(Alarm.values()).map(alarm -> rule(alarm, backend)).toList()))));
  }

  private static Map<String, Object> rule(Alarm alarm, Backend backend) {
    Alarm.Threshold threshold = alarm.threshold();
    return object(
        "uid",
        "icestream-"
            + backend.key()
            + "-"
            + alarm.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        "title",
        alarm.title() + " (" + backend.title() + ")",
        "condition",
        "C",
        "data",
        List.of(
            data("A", (String) backend.source().get("uid"), query(alarm, backend)),
            data("B", "__expr__", reduce(alarm, backend)),
            data("C", "__expr__", compare(threshold))),
        "noDataState",
        threshold.missingIsBad() ? "Alerting" : "OK",
        "execErrState",
        "Error",
        "for",
        threshold.lasting().toSeconds() + "s",
        "labels",
        object("severity", alarm.severity().key()),
        "annotations",
        object("summary", alarm.summary(), "description", alarm.remedy()));
  }

  /** Alert rules know no variables: all pipelines are meant. */
  private static Map<String, Object> query(Alarm alarm, Backend backend) {
    if (backend == Backend.PROMETHEUS) {
      return object("refId", "A", "expr", PromQl.watched(alarm), "instant", true);
    }
    Map<String, Object> target = Backend.cloudWatch(0, alarm.measure().metric());
    Map<String, Object> dimensions = object();
    alarm.measure().metric().tags().forEach(tag -> dimensions.put(tag.key(), List.of("*")));
    target.put("dimensions", dimensions);
    return target;
  }

  private static Map<String, Object> reduce(Alarm alarm, Backend backend) {
    String reducer =
        backend == Backend.CLOUDWATCH && alarm.measure().metric().kind() == MetricKind.COUNTER
            ? "sum"
            : "last";
    return object("refId", "B", "type", "reduce", "expression", "A", "reducer", reducer);
  }

  private static Map<String, Object> compare(Alarm.Threshold threshold) {
    return object(
        "refId", "C",
        "type", "threshold",
        "expression", "B",
        "conditions",
            List.of(
                object(
                    "evaluator",
                    object(
                        "type",
                        threshold.comparison() == Comparison.ABOVE ? "gt" : "lt",
                        "params",
                        List.of((long) threshold.value())))));
  }

  private static Map<String, Object> data(String ref, String source, Map<String, Object> model) {
    return object(
        "refId", ref,
        "relativeTimeRange", object("from", WINDOW_SECONDS, "to", 0),
        "datasourceUid", source,
        "model", model);
  }
}
