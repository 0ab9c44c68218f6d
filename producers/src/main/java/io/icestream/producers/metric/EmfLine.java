/* SPDX-License-Identifier: MIT */
package io.icestream.producers.metric;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Meters as one line in CloudWatch's embedded metric format. Names are those that Micrometer gives
 * to CloudWatch: {@code .count}, {@code .sum} and {@code .max} behind the meter's.
 */
final class EmfLine {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAMESPACE = "Icestream";
  private static final String DIMENSION = "producer";

  private final String producer;

  EmfLine(String producer) {
    this.producer = producer;
  }

  /** The line; empty if nothing was measured. */
  Optional<String> of(MeterRegistry registry) {
    List<Meter> meters =
        registry.getMeters().stream()
            .sorted(Comparator.comparing(meter -> meter.getId().getName()))
            .toList();
    if (meters.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode line = JSON.createObjectNode();
    ObjectNode about = line.putObject("_aws");
    about.put("Timestamp", registry.config().clock().wallTime());
    ObjectNode directive = about.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", NAMESPACE);
    directive.putArray("Dimensions").addArray().add(DIMENSION);
    ArrayNode metrics = directive.putArray("Metrics");
    line.put(DIMENSION, producer);
    for (Meter meter : meters) {
      String name = meter.getId().getName();
      if (meter instanceof Counter counter) {
        value(name + ".count", "Count", counter.count(), metrics, line);
      } else if (meter instanceof Timer timer) {
        value(name + ".count", "Count", (double) timer.count(), metrics, line);
        value(name + ".sum", "Seconds", timer.totalTime(TimeUnit.NANOSECONDS) / 1e9, metrics, line);
        value(name + ".max", "Seconds", timer.max(TimeUnit.NANOSECONDS) / 1e9, metrics, line);
      } else if (meter instanceof DistributionSummary summary) {
        value(name + ".count", "Count", (double) summary.count(), metrics, line);
        value(name + ".sum", "Count", summary.totalAmount(), metrics, line);
        value(name + ".max", "Count", summary.max(), metrics, line);
      } else {
        throw new IllegalStateException("No metric for " + meter.getId());
      }
    }
    return Optional.of(line.toString());
  }

  private static void value(
      String name, String unit, double value, ArrayNode metrics, ObjectNode line) {
    metrics.addObject().put("Name", name).put("Unit", unit);
    line.put(name, value);
  }
}
