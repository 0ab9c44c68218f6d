/* SPDX-License-Identifier: MIT */
package io.icestream.bench.process;

import java.time.Duration;

/**
 * What a process has used from its start to its end.
 *
 * @param wall time on the clock
 * @param cpuSeconds processor time, user and system, of all its threads and of its children
 * @param peakBytes most memory that it had at once
 */
public record ProcessCost(Duration wall, double cpuSeconds, long peakBytes) {}
