/* SPDX-License-Identifier: MIT */
package io.icestream.model.metric;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked of a metric, in a panel or an alarm.
 *
 * @param metric the metric
 * @param how what is asked of it
 * @param per what is divided by, for {@link How#PER}; empty otherwise
 * @param by what the values are told apart by; all else is summed up for counters, and the highest
 *     is taken for gauges
 */
public record Measure(Metric metric, How how, Optional<Metric> per, List<MetricTag> by) {
  public Measure {
    Objects.requireNonNull(how, "how");
    by = List.copyOf(by);
    for (MetricTag tag : by) {
      if (!metric.tags().contains(tag) || per.filter(d -> !d.tags().contains(tag)).isPresent()) {
        throw new IllegalArgumentException(metric + " cannot be told apart by " + tag);
      }
    }
    if (metric.kind() != how.kind || per.isPresent() != (how == How.PER)) {
      throw new IllegalArgumentException(how + " of " + metric + " per " + per);
    }
  }

  /** What can be asked. */
  public enum How {
    /** The value of a gauge. */
    VALUE(MetricKind.GAUGE),
    /** How much a counter grows in a second. */
    RATE(MetricKind.COUNTER),
    /** How much a counter has grown in the window that is looked at. */
    INCREASE(MetricKind.COUNTER),
    /** How much a counter grows for each one of another. */
    PER(MetricKind.COUNTER),
    /** What half of the values of a distribution do not exceed. */
    P50(MetricKind.DISTRIBUTION),
    /** What 99 of 100 values of a distribution do not exceed. */
    P99(MetricKind.DISTRIBUTION);

    private final MetricKind kind;

    How(MetricKind kind) {
      this.kind = kind;
    }

    /** Its name where there are several of one metric, such as {@code p99}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The value of a gauge for each combination of its tags. */
  public static Measure value(Metric metric) {
    return new Measure(metric, How.VALUE, Optional.empty(), metric.tags());
  }

  /** How much a counter grows in a second. */
  public static Measure rate(Metric metric, MetricTag... by) {
    return new Measure(metric, How.RATE, Optional.empty(), List.of(by));
  }

  /** How much a counter has grown. */
  public static Measure increase(Metric metric, MetricTag... by) {
    return new Measure(metric, How.INCREASE, Optional.empty(), List.of(by));
  }

  /** How much a counter grows for each one of another. */
  public static Measure per(Metric metric, Metric divisor, MetricTag... by) {
    return new Measure(metric, How.PER, Optional.of(divisor), List.of(by));
  }

  /** What half and 99 of 100 values of a distribution do not exceed, for each of its tags. */
  public static Measure[] halfAndMost(Metric metric) {
    return new Measure[] {
      new Measure(metric, How.P50, Optional.empty(), metric.tags()),
      new Measure(metric, How.P99, Optional.empty(), metric.tags())
    };
  }

  /** The statistic of CloudWatch that answers it, of a minute. */
  public String statistic() {
    return metric.kind() == MetricKind.DISTRIBUTION ? how.key() : metric.statistic();
  }

  /** The unit of the values; that of the metric, also where it is per second. */
  public MetricUnit unit() {
    return metric.unit();
  }
}
