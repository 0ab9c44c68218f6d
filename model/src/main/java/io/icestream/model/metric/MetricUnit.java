/* SPDX-License-Identifier: MIT */
package io.icestream.model.metric;

/** What a metric is counted in. */
public enum MetricUnit {
  /** Rows, records, files or whatever the metric's name says. */
  COUNT("", "Count", "short"),
  /** Seconds. */
  SECONDS("seconds", "Seconds", "s"),
  /** Bytes. */
  BYTES("bytes", "Bytes", "bytes");

  private final String base;
  private final String cloudWatch;
  private final String grafana;

  MetricUnit(String base, String cloudWatch, String grafana) {
    this.base = base;
    this.cloudWatch = cloudWatch;
    this.grafana = grafana;
  }

  /** The unit as libraries of meters and Prometheus name it; empty if there is none. */
  public String base() {
    return base;
  }

  /** The unit in CloudWatch. */
  public String cloudWatch() {
    return cloudWatch;
  }

  /** The unit of a panel in Grafana. */
  public String grafana() {
    return grafana;
  }
}
