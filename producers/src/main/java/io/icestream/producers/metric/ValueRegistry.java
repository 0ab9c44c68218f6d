/* SPDX-License-Identifier: MIT */
package io.icestream.producers.metric;

import io.micrometer.core.instrument.AbstractDistributionSummary;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps each value of a distribution until it is told: of a sum and a highest value CloudWatch
 * could not work out what half of the calls took. A call has a few of them.
 */
final class ValueRegistry extends SimpleMeterRegistry {

  /** The unit of distributions of times; all others count. */
  static final String SECONDS = "seconds";

  ValueRegistry() {
    super(SimpleConfig.DEFAULT, Clock.SYSTEM);
  }

  @Override
  protected DistributionSummary newDistributionSummary(
      Meter.Id id, DistributionStatisticConfig config, double scale) {
    return new Values(id, clock, scale);
  }

  /** A distribution with all of its values. Thread-safe. */
  static final class Values extends AbstractDistributionSummary {

    private final List<Double> values = new ArrayList<>();

    private Values(Meter.Id id, Clock clock, double scale) {
      super(id, clock, DistributionStatisticConfig.NONE, scale, false);
    }

    /** In the order in which they came. */
    synchronized List<Double> all() {
      return List.copyOf(values);
    }

    @Override
    protected synchronized void recordNonNegative(double amount) {
      values.add(amount);
    }

    @Override
    public long count() {
      return all().size();
    }

    @Override
    public double totalAmount() {
      return all().stream().mapToDouble(Double::doubleValue).sum();
    }

    @Override
    public double max() {
      return all().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
  }
}
