/* SPDX-License-Identifier: MIT */
package io.icestream.bench.report;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The measurements of one system with one workload, round by round.
 *
 * @param system its label
 * @param rounds in their order
 */
record SystemCosts(String system, List<Round> rounds) {

  /**
   * The smallest and the largest topic of a round; the same one if there is but one.
   *
   * @param small the one with the fewest rows
   * @param large the one with the most
   */
  record Round(Measurement small, Measurement large) {
    private static final double MILLION = 1e6;

    /** CPU-seconds per million further rows. */
    double marginalCpu() {
      return (large.cost().cpuSeconds() - small.cost().cpuSeconds())
          * MILLION
          / (large.rows() - small.rows());
    }

    /** CPU-seconds before the first row. */
    double fixedCpu() {
      return small.cost().cpuSeconds() - marginalCpu() * small.rows() / MILLION;
    }

    /** CPU-seconds per million rows of the largest topic, everything included. */
    double wholeCpu() {
      return large.cost().cpuSeconds() * MILLION / large.rows();
    }

    /** Requests to the store per further commit; per commit where there is one size only. */
    double requestsPerCommit() {
      long requests = large.requests().all();
      long commits = large.table().commits();
      return twoSizes() && commits > small.table().commits()
          ? (double) (requests - small.requests().all()) / (commits - small.table().commits())
          : (double) requests / commits;
    }

    /** What is compared between systems. */
    double comparedCpu() {
      return twoSizes() ? marginalCpu() : wholeCpu();
    }

    boolean twoSizes() {
      return large.rows() != small.rows();
    }
  }

  /**
   * @param measurements of one system and one workload, at least one
   */
  static SystemCosts of(List<Measurement> measurements) {
    TreeMap<Integer, List<Measurement>> byRound =
        measurements.stream()
            .collect(Collectors.groupingBy(Measurement::round, TreeMap::new, Collectors.toList()));
    Comparator<Measurement> bySize = Comparator.comparingLong(Measurement::rows);
    return new SystemCosts(
        measurements.get(0).system(),
        byRound.values().stream()
            .map(
                all ->
                    new Round(
                        all.stream().min(bySize).orElseThrow(),
                        all.stream().max(bySize).orElseThrow()))
            .toList());
  }

  boolean twoSizes() {
    return rounds.get(0).twoSizes();
  }
}
