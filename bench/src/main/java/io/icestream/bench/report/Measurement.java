/* SPDX-License-Identifier: MIT */
package io.icestream.bench.report;

import io.icestream.bench.lake.StoreRequests;
import io.icestream.bench.process.ProcessCost;

/**
 * One system has drained one topic once.
 *
 * @param system its label
 * @param workload its label
 * @param rows how many records the topic has
 * @param round counted from 1
 * @param cost of the system's process
 * @param brokerCpuSeconds processor time of the broker meanwhile
 * @param table what the system left
 * @param requests what it asked of the store
 */
@SuppressWarnings("checkstyle:ParameterNumber")
public record Measurement(
    String system,
    String workload,
    long rows,
    int round,
    ProcessCost cost,
    double brokerCpuSeconds,
    Table table,
    StoreRequests requests) {

  /**
   * A table after a run.
   *
   * @param commits snapshots
   * @param files data files
   * @param bytes their size
   * @param checksum of its rows, whatever their order
   */
  public record Table(long commits, long files, long bytes, String checksum) {
    /** Of a system that leaves none. */
    public static final Table NONE = new Table(0, 0, 0, "");
  }
}
