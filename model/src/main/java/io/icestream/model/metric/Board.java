/* SPDX-License-Identifier: MIT */
package io.icestream.model.metric;

import static io.icestream.model.metric.Measure.halfAndMost;
import static io.icestream.model.metric.Measure.increase;
import static io.icestream.model.metric.Measure.per;
import static io.icestream.model.metric.Measure.rate;
import static io.icestream.model.metric.Measure.value;
import static io.icestream.model.metric.MetricTag.PHASE;
import static io.icestream.model.metric.MetricTag.RULE;
import static io.icestream.model.metric.MetricTag.TABLE;

import java.util.List;
import java.util.Locale;

/** The dashboards, the same on every backend. Each metric is on at least one. */
@SuppressWarnings("ImmutableEnumChecker") // lists that never change
public enum Board {
  OVERVIEW(
      "Overview",
      "Whether all pipelines run, and whether their tables are fresh and complete.",
      Panel.of("Running pipelines", "1 for each that runs.", value(Metric.UP)),
      Panel.of(
          "Freshness",
          "Age of the oldest record that a table lacks, read from table and topic. Told by the probe it"
              + " rises when the job is dead; told by the job itself, as on AWS, it ends then.",
          value(Metric.TABLE_FRESHNESS)),
      Panel.of(
          "Backlog in seconds",
          "Age of the oldest record that waits, of the worst partition.",
          value(Metric.LAG_SECONDS)),
      Panel.of(
          "Arriving and read",
          "Records that Kafka gets and rows that are committed, per second.",
          rate(Metric.RECORDS_ARRIVED, MetricTag.PIPELINE),
          rate(Metric.ROWS_READ, MetricTag.PIPELINE)),
      Panel.of(
          "Quarantined rows",
          "What pipelines could not take. Look with './icestream quarantine show'.",
          increase(Metric.ROWS_QUARANTINED, MetricTag.PIPELINE, RULE)),
      Panel.of(
          "Restarts",
          "Queries that were started again after a fault that passes by itself.",
          increase(Metric.RESTARTS, MetricTag.PIPELINE))),
  PIPELINE(
      "Pipeline",
      "How one pipeline does its work, and what becomes of its rows.",
      Panel.of(
          "Backlog in records", "Offsets that are not committed yet.", value(Metric.LAG_RECORDS)),
      Panel.of(
          "Time until drained",
          "How long the backlog lasts at the speed of the last minutes; a week means that it does"
              + " not shrink.",
          value(Metric.DRAIN_SECONDS)),
      Panel.of(
          "Retention headroom",
          "How far the oldest record that waits is from being deleted by Kafka; a week means far.",
          value(Metric.RETENTION_HEADROOM)),
      Panel.of(
          "Rows by table",
          "Rows added and merged, per second.",
          rate(Metric.ROWS_WRITTEN, MetricTag.PIPELINE, TABLE),
          rate(Metric.ROWS_UPDATED, MetricTag.PIPELINE, TABLE)),
      Panel.of(
          "Rows that are left out",
          "By SQL, by key or behind the watermark, per second.",
          rate(Metric.ROWS_FILTERED, MetricTag.PIPELINE, TABLE),
          rate(Metric.ROWS_DEDUPLICATED, MetricTag.PIPELINE, TABLE),
          rate(Metric.ROWS_LATE, MetricTag.PIPELINE, TABLE)),
      Panel.of(
          "Expectations not met",
          "Rows by expectation, whatever became of them.",
          increase(Metric.ROWS_UNMET, MetricTag.PIPELINE, RULE)),
      Panel.of(
          "Time in batches",
          "Seconds of each second that batches spend in a phase. Near 1 the job has no room left.",
          rate(Metric.BATCH_PHASE, MetricTag.PIPELINE, PHASE)),
      Panel.of("Batches", "Batches per second.", rate(Metric.BATCHES, MetricTag.PIPELINE)),
      Panel.of(
          "Delay of commits",
          "How long the oldest record of a commit had been in Kafka.",
          value(Metric.COMMIT_DELAY)),
      Panel.of(
          "Delay of events",
          "From the newest event time of a batch to its commit.",
          value(Metric.EVENT_DELAY)),
      Panel.of(
          "Age of rows when they are committed",
          "What half and 99 in 100 rows of the last batch were not older than, by their event time.",
          value(Metric.EVENT_DELAY_P50),
          value(Metric.EVENT_DELAY_P99))),
  TABLE_HEALTH(
      "Table health",
      "Whether tables stay fast to read and to commit to.",
      Panel.of("Data files", "Files of the current snapshot.", value(Metric.TABLE_FILES)),
      Panel.of(
          "Small files",
          "Data files of less than 32 MB. Compaction brings them down.",
          value(Metric.TABLE_SMALL_FILES)),
      Panel.of(
          "Delete files",
          "Files that each reader has to apply. Compaction brings them down.",
          value(Metric.TABLE_DELETE_FILES)),
      Panel.of("Size", "Size of the current snapshot's files.", value(Metric.TABLE_BYTES)),
      Panel.of("Snapshots", "Snapshots that have not expired.", value(Metric.TABLE_SNAPSHOTS)),
      Panel.of(
          "Manifests",
          "Manifests of the current snapshot, which each scan reads.",
          value(Metric.TABLE_MANIFESTS)),
      Panel.of(
          "Time of a commit",
          "Seconds for each commit, writing of files not included.",
          per(Metric.COMMIT_SECONDS, Metric.COMMITS, MetricTag.PIPELINE, TABLE)),
      Panel.of(
          "Commits tried again",
          "Attempts beyond the first: somebody else writes the table.",
          increase(Metric.COMMIT_RETRIES, MetricTag.PIPELINE, TABLE)),
      Panel.of(
          "Since the last commit",
          "Rises while nothing arrives, too.",
          value(Metric.TABLE_COMMIT_AGE))),
  PRODUCERS_AND_COST(
      "Producers and cost",
      "What producers send, and what each row costs.",
      Panel.of(
          "Records that arrive",
          "What Kafka gets from all producers, per second.",
          rate(Metric.RECORDS_ARRIVED, MetricTag.PIPELINE)),
      Panel.of(
          "Records sent by functions",
          "What Kafka has acknowledged to each, per second. Functions tell it with ICESTREAM_METRICS"
              + " alone.",
          rate(Metric.PRODUCER_SENT, MetricTag.PRODUCER)),
      Panel.of(
          "Records not sent by functions",
          "Not acknowledged, and given up as dead letters. Their logs say why.",
          increase(Metric.PRODUCER_FAILED, MetricTag.PRODUCER),
          increase(Metric.PRODUCER_DEAD_LETTERS, MetricTag.PRODUCER)),
      Panel.of(
          "Time until records are acknowledged",
          "Of half and of 99 in 100 batches that a function sends and awaits.",
          halfAndMost(Metric.PRODUCER_SEND)),
      Panel.of(
          "Records in a batch of a function",
          "In half and in 99 of 100 batches. Few records in each call are dear.",
          halfAndMost(Metric.PRODUCER_BATCH)),
      Panel.of(
          "Processor time",
          "Cores that the driver keeps busy.",
          rate(Metric.JOB_CPU, MetricTag.PIPELINE)),
      Panel.of(
          "Processor time of a row",
          "Seconds of the driver for each row read.",
          per(Metric.JOB_CPU, Metric.ROWS_READ, MetricTag.PIPELINE)),
      Panel.of("Memory", "Heap in use in the driver.", value(Metric.JOB_MEMORY)),
      Panel.of(
          "Files written",
          "Data files per second. Each is a request that S3 bills.",
          rate(Metric.FILES_ADDED, MetricTag.PIPELINE, TABLE)),
      Panel.of(
          "Bytes written",
          "Size of the files added, per second.",
          rate(Metric.BYTES_ADDED, MetricTag.PIPELINE, TABLE)));

  private final String title;
  private final String description;
  private final List<Panel> panels;

  Board(String title, String description, Panel... panels) {
    this.title = title;
    this.description = description;
    this.panels = List.of(panels);
  }

  public String title() {
    return title;
  }

  /** What questions it answers. */
  public String description() {
    return description;
  }

  /** Its panels in the order of importance. */
  public List<Panel> panels() {
    return panels;
  }

  /** Its name in files and links, such as {@code table-health}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
