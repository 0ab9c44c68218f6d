/* SPDX-License-Identifier: MIT */
package io.icestream.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All systems with one workload, against one of them.
 *
 * @param workload its label
 * @param reference the label of the system that others are compared with
 * @param results by system, in the order of the measurements
 * @param ratios how many times the reference's CPU per row each system uses, round by round; empty
 *     if the reference was not measured
 * @param ofLimit which part of the reference's CPU per row the limits use together: fetching, and
 *     writing decoded rows; empty if not all three were measured
 */
public record Comparison(
    String workload,
    String reference,
    List<SystemResult> results,
    Map<String, Spread> ratios,
    Optional<Spread> ofLimit) {
  private static final String POLL = "limit-poll";
  private static final String WRITE = "limit-write";

  /**
   * Compares.
   *
   * @param measurements of one workload or several
   * @param reference the label of a system
   * @return one comparison per workload
   */
  public static List<Comparison> of(List<Measurement> measurements, String reference) {
    Map<String, List<Measurement>> byWorkload =
        measurements.stream()
            .collect(
                Collectors.groupingBy(
                    Measurement::workload, LinkedHashMap::new, Collectors.toList()));
    List<Comparison> comparisons = new ArrayList<>();
    byWorkload.forEach((workload, of) -> comparisons.add(one(workload, of, reference)));
    return comparisons;
  }

  private static Comparison one(String workload, List<Measurement> of, String reference) {
    Map<String, SystemCosts> costs = new LinkedHashMap<>();
    of.stream()
        .collect(
            Collectors.groupingBy(Measurement::system, LinkedHashMap::new, Collectors.toList()))
        .forEach((system, measured) -> costs.put(system, SystemCosts.of(measured)));
    Map<String, Spread> ratios = new LinkedHashMap<>();
    Optional<SystemCosts> base = Optional.ofNullable(costs.get(reference));
    base.ifPresent(b -> costs.forEach((system, c) -> ratios.put(system, ratio(c, b))));
    return new Comparison(
        workload,
        reference,
        costs.values().stream().map(SystemResult::of).toList(),
        ratios,
        base.flatMap(b -> ofLimit(costs, b)));
  }

  private static Spread ratio(SystemCosts system, SystemCosts base) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < base.rounds().size(); i++) {
      ratios.add(system.rounds().get(i).comparedCpu() / base.rounds().get(i).comparedCpu());
    }
    return Spread.of(ratios);
  }

  private static Optional<Spread> ofLimit(Map<String, SystemCosts> costs, SystemCosts base) {
    SystemCosts poll = costs.get(POLL);
    SystemCosts write = costs.get(WRITE);
    if (poll == null || write == null) {
      return Optional.empty();
    }
    List<Double> parts = new ArrayList<>();
    for (int i = 0; i < base.rounds().size(); i++) {
      double limit = poll.rounds().get(i).comparedCpu() + write.rounds().get(i).comparedCpu();
      parts.add(limit / base.rounds().get(i).comparedCpu());
    }
    return Optional.of(Spread.of(parts));
  }
}
