/* SPDX-License-Identifier: MIT */
package io.icestream.spark.replay;

import io.icestream.spark.commit.Ledger;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * What becomes of the rows of a replay that are for the same tables, and of how many. Pure.
 *
 * @param sinks the tables that the rows are for
 * @param fates each fate that there is
 */
record Fates(List<String> sinks, List<Fate> fates) {
  Fates {
    sinks = List.copyOf(sinks);
    fates = List.copyOf(fates);
  }

  /**
   * What becomes of some rows.
   *
   * @param written the tables that they reach
   * @param rejections why they do not reach others
   * @param rows how many rows there are
   */
  record Fate(List<String> written, List<Rejection> rejections, long rows) {
    Fate {
      written = List.copyOf(written);
      rejections = List.copyOf(rejections);
    }

    private boolean isKeptFrom(String sink) {
      return rejections.stream().anyMatch(rejection -> rejection.sinks().contains(sink));
    }
  }

  /**
   * Why rows do not reach some tables.
   *
   * @param sinks the tables; none if nobody reads the step that rejects them
   * @param reason the name of the reason
   */
  record Rejection(List<String> sinks, String reason) {
    Rejection {
      sinks = List.copyOf(sinks);
    }
  }

  long rows() {
    return fates.stream().mapToLong(Fate::rows).sum();
  }

  /** The account of the rows for one sink; {@code written} is what an append would write. */
  Ledger ledger(String sink) {
    long written = 0;
    long rejected = 0;
    for (Fate fate : fates) {
      written += fate.written().contains(sink) ? fate.rows() : 0;
      rejected += fate.isKeptFrom(sink) ? fate.rows() : 0;
    }
    return new Ledger(rows(), rows(), written, 0, rows() - written - rejected, 0, rejected, 0);
  }

  /** The same as people want to know it: a row that misses one table has failed. */
  ReplayReport report() {
    ReplayReport report = ReplayReport.NONE;
    for (Fate fate : fates) {
      report = report.and(report(fate));
    }
    return report;
  }

  private ReplayReport report(Fate fate) {
    for (Rejection rejection : fate.rejections()) {
      boolean concerns =
          sinks.isEmpty()
              ? rejection.sinks().isEmpty()
              : !Collections.disjoint(sinks, rejection.sinks());
      if (concerns) {
        TreeMap<String, Long> failed = new TreeMap<>();
        failed.put(rejection.reason(), fate.rows());
        return new ReplayReport(0, 0, failed, 0);
      }
    }
    return fate.written().isEmpty()
        ? new ReplayReport(0, fate.rows(), new TreeMap<>(), 0)
        : new ReplayReport(fate.rows(), 0, new TreeMap<>(), 0);
  }
}
