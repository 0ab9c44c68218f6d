/* SPDX-License-Identifier: MIT */
package io.icestream.model.metric;

import java.util.Locale;

/** How a metric behaves in time. There are no others: a timer is billed as several metrics. */
public enum MetricKind {
  /** Only grows; CloudWatch gets what was added in each minute. */
  COUNTER("count"),
  /** A value of now. */
  GAUGE("value"),
  /** A value of each time that something was done; the backend works out shares of them. */
  DISTRIBUTION("value");

  private final String suffix;

  MetricKind(String suffix) {
    this.suffix = suffix;
  }

  /** What the name in CloudWatch ends with. */
  String suffix() {
    return suffix;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
