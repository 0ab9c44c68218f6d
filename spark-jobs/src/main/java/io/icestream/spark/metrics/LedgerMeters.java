/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import io.icestream.model.metric.Metric;
import io.icestream.spark.commit.CommitReports;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.decode.EventAges;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Counts what the ledgers of commits say, and what Iceberg reports of them. */
final class LedgerMeters {
  private static final List<Metric> BY_TABLE =
      List.of(
          Metric.ROWS_WRITTEN,
          Metric.ROWS_UPDATED,
          Metric.ROWS_FILTERED,
          Metric.ROWS_DEDUPLICATED,
          Metric.ROWS_LATE,
          Metric.COMMITS,
          Metric.COMMIT_SECONDS,
          Metric.COMMIT_RETRIES,
          Metric.FILES_ADDED,
          Metric.BYTES_ADDED);

  private final Meters meters;
  private final TableNames tables;

  /**
   * Shows all counters as 0: one that comes with its first increment hides it.
   *
   * @param meters where it counts
   * @param tables the pipeline's tables
   */
  LedgerMeters(Meters meters, TableNames tables) {
    this.meters = meters;
    this.tables = tables;
    tables.names().forEach(table -> BY_TABLE.forEach(metric -> meters.add(metric, 0, table)));
    quarantined(Map.of("decode", 0L, "late", 0L));
    meters.add(Metric.ROWS_READ, 0);
    meters.add(Metric.BATCHES, 0);
  }

  void committed(String name, Marker marker, Instant now) {
    String table = tables.of(name).orElse(Meters.OTHER);
    Ledger ledger = marker.ledger();
    meters.add(Metric.ROWS_WRITTEN, ledger.written(), table);
    meters.add(Metric.ROWS_UPDATED, ledger.updated(), table);
    meters.add(Metric.ROWS_FILTERED, ledger.filtered(), table);
    meters.add(Metric.ROWS_DEDUPLICATED, ledger.deduplicated(), table);
    meters.add(Metric.ROWS_LATE, ledger.late(), table);
    meters.add(Metric.COMMITS, 1, table);
    marker.timesAfter().newest().values().stream()
        .max(Long::compare)
        .ifPresent(
            micros ->
                meters.set(
                    Metric.EVENT_DELAY,
                    Backlog.seconds(Instant.ofEpochMilli(micros / 1000), now),
                    table));
  }

  void quarantined(Map<String, Long> rows) {
    rows.forEach((rule, count) -> meters.add(Metric.ROWS_QUARANTINED, count, rule));
  }

  void finished(long read, Map<String, Long> unmet) {
    unmet.forEach((rule, rows) -> meters.add(Metric.ROWS_UNMET, rows, rule));
    meters.add(Metric.ROWS_READ, read);
    meters.add(Metric.BATCHES, 1);
  }

  void aged(EventAges ages, Instant committed) {
    ages.seconds(0.5, committed).ifPresent(age -> meters.set(Metric.EVENT_DELAY_P50, age));
    ages.seconds(0.99, committed).ifPresent(age -> meters.set(Metric.EVENT_DELAY_P99, age));
  }

  void reported(CommitReports.Commit commit) {
    tables
        .ofQualified(commit.table())
        .ifPresent(
            table -> {
              meters.add(Metric.COMMIT_SECONDS, commit.millis() / 1000.0, table);
              meters.add(Metric.COMMIT_RETRIES, Math.max(0, commit.attempts() - 1), table);
              meters.add(Metric.FILES_ADDED, commit.addedFiles(), table);
              meters.add(Metric.BYTES_ADDED, commit.addedBytes(), table);
            });
  }
}
