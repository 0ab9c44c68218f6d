/* SPDX-License-Identifier: MIT */
package io.icestream.bench;

import io.icestream.bench.system.Drain;
import io.icestream.bench.system.MeasuredSystem;
import io.icestream.bench.workload.Workload;
import java.util.List;

/**
 * What is measured.
 *
 * @param workloads at least one
 * @param systems at least one
 * @param sizes numbers of records, rising; with two or more, the marginal cost is told from the
 *     first and the last
 * @param rounds how often each system drains each topic
 * @param seed chooses the content of the records
 * @param settings the same for all systems
 */
public record BenchPlan(
    List<Workload> workloads,
    List<MeasuredSystem> systems,
    List<Long> sizes,
    int rounds,
    long seed,
    Drain.Settings settings) {

  /**
   * @throws BenchException if there is nothing to measure
   */
  public BenchPlan {
    workloads = List.copyOf(workloads);
    systems = List.copyOf(systems);
    sizes = sizes.stream().distinct().sorted().toList();
    if (workloads.isEmpty() || systems.isEmpty() || sizes.isEmpty() || rounds < 1) {
      throw new BenchException("Name at least one workload, one system, one size and one round.");
    }
    if (sizes.get(0) < 1 || settings.commitRows() < 1) {
      throw new BenchException(
          "Rows have to be 1 or more, found "
              + sizes.get(0)
              + " to drain and "
              + settings.commitRows()
              + " per commit.");
    }
  }

  /** The fewest records. */
  public long smallest() {
    return sizes.get(0);
  }

  /** The most records. */
  public long largest() {
    return sizes.get(sizes.size() - 1);
  }
}
