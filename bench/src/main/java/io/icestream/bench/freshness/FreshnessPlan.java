/* SPDX-License-Identifier: MIT */
package io.icestream.bench.freshness;

import io.icestream.bench.system.Drain;
import io.icestream.bench.workload.Workload;
import java.time.Duration;

/**
 * What is measured.
 *
 * @param workload what is produced
 * @param rate records per second, whatever the pipeline does
 * @param trigger shortest time between two batches of the pipeline
 * @param warmUp time at the start whose records do not count
 * @param measured time whose records count
 * @param seed chooses the content of the records
 * @param settings of the pipeline's process
 */
public record FreshnessPlan(
    Workload workload,
    long rate,
    Duration trigger,
    Duration warmUp,
    Duration measured,
    long seed,
    Drain.Settings settings) {

  /** All records to produce. */
  long rows() {
    return rate * warmUp.plus(measured).toSeconds();
  }
}
