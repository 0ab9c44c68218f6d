/* SPDX-License-Identifier: MIT */
package io.icestream.bench.report;

import io.icestream.bench.report.SystemCosts.Round;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What one system costs with one workload, over all rounds. The marginal cost is what a million
 * further rows cost: from the difference of the largest and the smallest topic, so that start and
 * warm-up are no part of it. The fixed cost is what is left of the smallest topic's.
 *
 * @param system its label
 * @param marginalCpu seconds per million rows; empty with one size only
 * @param fixedCpu seconds; empty with one size only
 * @param brokerCpu seconds of the broker per million rows of the largest topic
 * @param wholeCpu seconds per million rows of the largest topic, with start and warm-up
 * @param rowsPerSecond of the largest topic, from start to end of the process
 * @param requestsPerCommit to the store, for each further commit; empty for a system without a
 *     table
 * @param largest the measurements of the largest topic, by round
 */
public record SystemResult(
    String system,
    Optional<Spread> marginalCpu,
    Optional<Spread> fixedCpu,
    Spread brokerCpu,
    Spread wholeCpu,
    Spread rowsPerSecond,
    Optional<Spread> requestsPerCommit,
    List<Measurement> largest) {

  static SystemResult of(SystemCosts costs) {
    return new SystemResult(
        costs.system(),
        costs.twoSizes() ? Optional.of(spread(costs, Round::marginalCpu)) : Optional.empty(),
        costs.twoSizes() ? Optional.of(spread(costs, Round::fixedCpu)) : Optional.empty(),
        spread(costs, r -> r.large().brokerCpuSeconds() * 1e6 / r.large().rows()),
        spread(costs, Round::wholeCpu),
        spread(costs, r -> r.large().rows() * 1e3 / r.large().cost().wall().toMillis()),
        costs.rounds().get(0).large().table().commits() == 0
            ? Optional.empty()
            : Optional.of(spread(costs, Round::requestsPerCommit)),
        costs.rounds().stream().map(Round::large).toList());
  }

  /** The most memory of all rounds, in bytes. */
  public long peakBytes() {
    return largest.stream().mapToLong(m -> m.cost().peakBytes()).max().orElse(0);
  }

  /** The measurement of the last round. */
  public Measurement last() {
    return largest.get(largest.size() - 1);
  }

  private static Spread spread(SystemCosts costs, ToDoubleFunction<Round> value) {
    return Spread.of(costs.rounds().stream().map(value::applyAsDouble).toList());
  }
}
