/* SPDX-License-Identifier: MIT */
package io.icestream.model.metric;

import java.util.List;

/**
 * A picture of measures that belong together.
 *
 * @param title what it shows
 * @param description what it means, and what to do when it looks wrong
 * @param measures what is in it; all have one unit
 */
public record Panel(String title, String description, List<Measure> measures) {
  public Panel {
    measures = List.copyOf(measures);
    if (measures.stream().map(Measure::unit).distinct().count() != 1) {
      throw new IllegalArgumentException("Panel '" + title + "' needs exactly one unit");
    }
  }

  static Panel of(String title, String description, Measure... measures) {
    return new Panel(title, description, List.of(measures));
  }

  /** Whether all that it shows is in Prometheus. */
  public boolean isInPrometheus() {
    return measures.stream().allMatch(measure -> measure.metric().isInPrometheus());
  }

  /** The unit of all its values. */
  public MetricUnit unit() {
    return measures.get(0).unit();
  }
}
