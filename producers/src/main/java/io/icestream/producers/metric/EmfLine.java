/* SPDX-License-Identifier: MIT */
package io.icestream.producers.metric;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.producers.metric.ValueRegistry.Values;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Meters as lines in CloudWatch's embedded metric format: a counter ends with {@code .count}, a
 * distribution, of which CloudWatch gets each value, with {@code .value}.
 */
final class EmfLine {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAMESPACE = "Icestream";
  private static final String DIMENSION = "producer";

  /** CloudWatch passes over a metric that has more in a line. */
  private static final int MOST_VALUES = 100;

  private final String producer;

  EmfLine(String producer) {
    this.producer = producer;
  }

  /** A line, and more of them for distributions that do not fit; none if nothing was measured. */
  List<String> of(MeterRegistry registry) {
    List<Meter> meters =
        registry.getMeters().stream()
            .sorted(Comparator.comparing(meter -> meter.getId().getName()))
            .toList();
    List<String> lines = new ArrayList<>();
    boolean more = !meters.isEmpty();
    while (more) {
      int from = lines.size() * MOST_VALUES;
      lines.add(line(registry.config().clock().wallTime(), meters, from));
      more =
          meters.stream()
              .anyMatch(
                  meter ->
                      meter instanceof Values values && values.count() > (long) from + MOST_VALUES);
    }
    return lines;
  }

  /**
   * @param from the first value of each distribution; counters are in the line of the first
   */
  private String line(long time, List<Meter> meters, int from) {
    ObjectNode line = JSON.createObjectNode();
    ObjectNode about = line.putObject("_aws");
    about.put("Timestamp", time);
    ObjectNode directive = about.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", NAMESPACE);
    directive.putArray("Dimensions").addArray().add(DIMENSION);
    ArrayNode metrics = directive.putArray("Metrics");
    line.put(DIMENSION, producer);
    for (Meter meter : meters) {
      String name = meter.getId().getName();
      if (meter instanceof Values values) {
        List<Double> all = values.all();
        if (from < all.size()) {
          boolean seconds = ValueRegistry.SECONDS.equals(meter.getId().getBaseUnit());
          metrics
              .addObject()
              .put("Name", name + ".value")
              .put("Unit", seconds ? "Seconds" : "Count");
          ArrayNode told = line.putArray(name + ".value");
          all.subList(from, Math.min(all.size(), from + MOST_VALUES)).forEach(told::add);
        }
      } else if (meter instanceof Counter counter) {
        if (from == 0) {
          metrics.addObject().put("Name", name + ".count").put("Unit", "Count");
          line.put(name + ".count", counter.count());
        }
      } else {
        throw new IllegalStateException("No metric for " + meter.getId());
      }
    }
    return line.toString();
  }
}
