/* SPDX-License-Identifier: MIT */
package io.icestream.model.metric;

import java.util.Locale;

/** What a metric is told apart by. Each has few values, and all of them are in pipeline files. */
public enum MetricTag {
  /** The name of the pipeline. */
  PIPELINE,
  /** A table that the pipeline writes, as the pipeline file names it. */
  TABLE,
  /** An expectation as {@code step.name}, {@code decode} or {@code late}. */
  RULE,
  /** A part of a batch, as Spark names it. */
  PHASE,
  /** A function that puts records into Kafka, as the cloud names it. */
  PRODUCER;

  /** Its name in Prometheus and CloudWatch. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
