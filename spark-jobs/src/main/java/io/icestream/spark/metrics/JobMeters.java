/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import io.icestream.model.metric.Metric;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Shows what this process uses. For one thread. */
final class JobMeters {
  private final Meters meters;
  private Duration counted;

  JobMeters(Meters meters) {
    this.meters = meters;
    this.counted = processorTime();
    meters.add(Metric.JOB_CPU, 0);
  }

  void look() {
    Duration now = processorTime();
    meters.add(Metric.JOB_CPU, now.minus(counted).toMillis() / 1000.0);
    counted = now;
    meters.set(
        Metric.JOB_MEMORY, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    meters.set(Metric.UP, 1);
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
