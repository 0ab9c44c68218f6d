/* SPDX-License-Identifier: MIT */
package io.icestream.model.dashboard;

import io.icestream.model.metric.Alarm;

/** The alarms as a rule file of Prometheus. */
public final class PrometheusRules {
  private PrometheusRules() {}

  /** The file, with a line end at the end. */
  public static String text() {
    StringBuilder text =
        new StringBuilder(
            """
            # Generated from the catalogue of metrics; do not edit.
            groups:
              - name: icestream
                interval: 15s
                rules:
            """);
    for (Alarm alarm : Alarm.values()) {
      text.append(
          """
                - alert: %s
                  expr: '%s'
                  for: %ds
                  labels:
                    severity: %s
                  annotations:
                    summary: "%s: {{ $labels.pipeline }} {{ $labels.table }}{{ $labels.rule }}"
                    remedy: "%s"
          """
              .formatted(
                  alarm.title(),
                  PromQl.condition(alarm),
                  alarm.threshold().lasting().toSeconds(),
                  alarm.severity().key(),
                  alarm.summary(),
                  alarm.remedy()));
    }
    return text.toString();
  }
}
