/* SPDX-License-Identifier: MIT */
package io.icestream.bench.freshness;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.icestream.bench.process.ProcessCost;
import java.util.Locale;

/**
 * How old rows were when they could be seen.
 *
 * @param rate records per second that were asked for
 * @param reached records per second that were produced; less where the machine has no time for it
 * @param rows how many were judged
 * @param p50 lag of the row in the middle, in milliseconds
 * @param p99 lag that one of a hundred rows exceeds
 * @param max lag of the slowest row
 * @param snapshots how many states of the table were seen
 * @param cost of the pipeline's process, start included
 */
public record FreshnessResult(
    long rate,
    double reached,
    long rows,
    long p50,
    long p99,
    long max,
    int snapshots,
    ProcessCost cost) {

  /** One line for people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%,d rows/s (%,.0f reached): p50 %d ms, p99 %d ms, max %d ms over %,d rows; %d snapshots seen, %.0f CPU-s",
        rate,
        reached,
        p50,
        p99,
        max,
        rows,
        snapshots,
        cost.cpuSeconds());
  }

  /** The same for programs. */
  public String json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("rate", rate)
        .put("reached", reached)
        .put("rows", rows)
        .put("p50Millis", p50)
        .put("p99Millis", p99)
        .put("maxMillis", max)
        .put("snapshots", snapshots)
        .put("cpuSeconds", cost.cpuSeconds())
        .put("peakBytes", cost.peakBytes())
        .toString();
  }
}
