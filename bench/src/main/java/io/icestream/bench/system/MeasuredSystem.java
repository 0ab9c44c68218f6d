/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import io.icestream.bench.lake.Partitions;
import io.icestream.bench.workload.Workload;
import java.util.List;

/** A system that is measured. */
public interface MeasuredSystem {
  /** What can be said of the rows that a system leaves. */
  enum Leaves {
    /** The rows of the topic. */
    ROWS,
    /** As many rows, but others. */
    COUNT,
    /** No table. */
    NOTHING
  }

  /** Its name in options and reports. */
  String label();

  /** What it is and how it is set, for people. */
  String title();

  /** What it leaves in the table. */
  Leaves leaves();

  /** Whether it can drain this workload into a table with these partitions. */
  boolean drains(Workload workload, Partitions partitions);

  /**
   * Prepares everything that is not to be measured.
   *
   * @return the command line of a process that drains the topic and ends
   */
  List<String> prepare(Drain drain);
}
