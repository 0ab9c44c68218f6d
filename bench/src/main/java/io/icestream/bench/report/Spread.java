/* SPDX-License-Identifier: MIT */
package io.icestream.bench.report;

import java.util.Collection;
import java.util.Locale;

/**
 * Several measurements of the same.
 *
 * @param min the least
 * @param median the middle one; of an even number, the mean of the two in the middle
 * @param max the most
 */
public record Spread(double min, double median, double max) {

  /**
   * @throws IllegalArgumentException if there are no values
   */
  public static Spread of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("There is nothing to spread");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }

  /** The median with these decimals, and what lies around it: {@code 9.4 (9.1–9.9)}. */
  public String text(int decimals) {
    String one = "%." + decimals + "f";
    return min == max
        ? String.format(Locale.ROOT, one, median)
        : String.format(Locale.ROOT, one + " (" + one + "–" + one + ")", median, min, max);
  }
}
