/* SPDX-License-Identifier: MIT */
package io.icestream.model.metric;

import static io.icestream.model.metric.MetricKind.COUNTER;
import static io.icestream.model.metric.MetricKind.DISTRIBUTION;
import static io.icestream.model.metric.MetricKind.GAUGE;
import static io.icestream.model.metric.MetricTag.PHASE;
import static io.icestream.model.metric.MetricTag.PIPELINE;
import static io.icestream.model.metric.MetricTag.PRODUCER;
import static io.icestream.model.metric.MetricTag.RULE;
import static io.icestream.model.metric.MetricTag.TABLE;
import static io.icestream.model.metric.MetricUnit.BYTES;
import static io.icestream.model.metric.MetricUnit.COUNT;
import static io.icestream.model.metric.MetricUnit.SECONDS;

import java.util.List;

/**
 * Everything that is measured. Meters, the table in the documentation, dashboards, alarms and rules
 * are made of this and of nothing else.
 */
@SuppressWarnings("ImmutableEnumChecker") // lists that never change
public enum Metric {
  UP("up", GAUGE, COUNT, "1 while the pipeline's process runs", PIPELINE),
  RESTARTS(
      "restarts",
      COUNTER,
      COUNT,
      "How often the query was started again after a fault that passes by itself",
      PIPELINE),
  RECORDS_ARRIVED(
      "records.arrived", COUNTER, COUNT, "Records that Kafka got since the start", PIPELINE),
  ROWS_READ("rows.read", COUNTER, COUNT, "Rows that were read and committed", PIPELINE),
  LAG_RECORDS("lag.records", GAUGE, COUNT, "Offsets in Kafka that are not committed yet", PIPELINE),
  LAG_SECONDS(
      "lag.seconds",
      GAUGE,
      SECONDS,
      "Age of the oldest record that is not committed yet, of the worst partition; 0 if there is"
          + " none",
      PIPELINE),
  DRAIN_SECONDS(
      "drain.seconds",
      GAUGE,
      SECONDS,
      "How long until nothing waits, at the speed of the last five minutes; 604800 (a week) if it"
          + " gets no less",
      PIPELINE),
  RETENTION_HEADROOM(
      "retention.headroom.seconds",
      GAUGE,
      SECONDS,
      "How far the oldest record that is not committed is from where Kafka deletes, of the worst"
          + " partition; 604800 (a week) at most, and where Kafka has deleted nothing yet",
      PIPELINE),
  BATCHES("batches", COUNTER, COUNT, "Batches that were finished", PIPELINE),
  BATCH_PHASE(
      "batch.phase.seconds",
      COUNTER,
      SECONDS,
      "Time that batches spent in a phase; addBatch is the work itself",
      PIPELINE,
      PHASE),
  EVENT_DELAY(
      "event.delay.seconds",
      GAUGE,
      SECONDS,
      "From the newest event time of a batch to its commit",
      PIPELINE,
      TABLE),
  EVENT_DELAY_P50(
      "event.delay.p50.seconds",
      GAUGE,
      SECONDS,
      "Age that half of the rows of the last batch did not exceed when all tables had them: since"
          + " their event time, or since they came to Kafka where the source has none. Of rows that"
          + " were decoded and not late, before SQL, to a thirtieth",
      PIPELINE),
  EVENT_DELAY_P99(
      "event.delay.p99.seconds",
      GAUGE,
      SECONDS,
      "Age that 99 in 100 of these rows did not exceed",
      PIPELINE),
  ROWS_WRITTEN("rows.written", COUNTER, COUNT, "Rows added to a table", PIPELINE, TABLE),
  ROWS_UPDATED("rows.updated", COUNTER, COUNT, "Rows merged into rows of a table", PIPELINE, TABLE),
  ROWS_FILTERED(
      "rows.filtered",
      COUNTER,
      COUNT,
      "Rows that SQL or an expectation with 'else: drop' left out",
      PIPELINE,
      TABLE),
  ROWS_DEDUPLICATED(
      "rows.deduplicated",
      COUNTER,
      COUNT,
      "Rows left out because a newer one of their batch has their key",
      PIPELINE,
      TABLE),
  ROWS_LATE("rows.late", COUNTER, COUNT, "Rows behind the watermark", PIPELINE, TABLE),
  ROWS_QUARANTINED(
      "rows.quarantined",
      COUNTER,
      COUNT,
      "Rows in the quarantine table, by the expectation that they did not meet",
      PIPELINE,
      RULE),
  ROWS_UNMET(
      "rows.unmet",
      COUNTER,
      COUNT,
      "Rows that did not meet an expectation, whatever became of them; 1 per batch for one of the"
          + " batch",
      PIPELINE,
      RULE),
  COMMITS("commits", COUNTER, COUNT, "Snapshots with rows of this pipeline", PIPELINE, TABLE),
  COMMIT_SECONDS(
      "commit.seconds",
      COUNTER,
      SECONDS,
      "Time in Iceberg's commits, writing of files not included",
      PIPELINE,
      TABLE),
  COMMIT_RETRIES(
      "commit.retries",
      COUNTER,
      COUNT,
      "Attempts to commit beyond the first: somebody else was faster",
      PIPELINE,
      TABLE),
  COMMIT_DELAY(
      "commit.delay.seconds",
      GAUGE,
      SECONDS,
      "How long the oldest record of the last commit had been in Kafka",
      PIPELINE,
      TABLE),
  FILES_ADDED("files.added", COUNTER, COUNT, "Data files added to a table", PIPELINE, TABLE),
  BYTES_ADDED("added.bytes", COUNTER, BYTES, "Size of the files added", PIPELINE, TABLE),
  TABLE_FRESHNESS(
      "table.freshness.seconds",
      GAUGE,
      SECONDS,
      "Age of the oldest record in Kafka that the table does not have, read from table and topic; 0"
          + " if it has all",
      PIPELINE,
      TABLE),
  TABLE_COMMIT_AGE(
      "table.commit.age.seconds",
      GAUGE,
      SECONDS,
      "Since the pipeline's newest commit to the table, read from the table",
      PIPELINE,
      TABLE),
  TABLE_FILES("table.files", GAUGE, COUNT, "Data files of a table", PIPELINE, TABLE),
  TABLE_BYTES("table.bytes", GAUGE, BYTES, "Size of a table's files", PIPELINE, TABLE),
  TABLE_SMALL_FILES(
      "table.small.files", GAUGE, COUNT, "Data files of less than 32 MB", PIPELINE, TABLE),
  TABLE_DELETE_FILES(
      "table.delete.files", GAUGE, COUNT, "Delete files of a table", PIPELINE, TABLE),
  TABLE_SNAPSHOTS(
      "table.snapshots", GAUGE, COUNT, "Snapshots that have not expired", PIPELINE, TABLE),
  TABLE_MANIFESTS(
      "table.manifests", GAUGE, COUNT, "Manifests of the current snapshot", PIPELINE, TABLE),
  JOB_CPU("job.cpu.seconds", COUNTER, SECONDS, "Processor time of the driver", PIPELINE),
  JOB_MEMORY("job.memory.bytes", GAUGE, BYTES, "Heap in use in the driver", PIPELINE),
  PRODUCER_SENT(
      "producer.records.sent", COUNTER, COUNT, "Records that Kafka has acknowledged", PRODUCER),
  PRODUCER_FAILED(
      "producer.records.failed",
      COUNTER,
      COUNT,
      "Records that were handed to Kafka and not acknowledged",
      PRODUCER),
  PRODUCER_DEAD_LETTERS(
      "producer.dead.letters",
      COUNTER,
      COUNT,
      "What was kept in the queue of dead letters",
      PRODUCER),
  PRODUCER_BATCH(
      "producer.batch.records",
      DISTRIBUTION,
      COUNT,
      "Records that were sent and awaited together",
      PRODUCER),
  PRODUCER_SEND(
      "producer.send.seconds",
      DISTRIBUTION,
      SECONDS,
      "How long such a batch took until its last acknowledgement",
      PRODUCER);

  /** The namespace in CloudWatch unless the environment names another. */
  public static final String NAMESPACE = "Icestream";

  /** What stands for "no end in sight" and "nothing to fear": a week in seconds. */
  public static final long WEEK_SECONDS = 604_800;

  /** A data file below this size, in bytes, is small. */
  public static final long SMALL_FILE_BYTES = 32L << 20;

  private static final String PREFIX = "icestream.";

  private final String key;
  private final MetricKind kind;
  private final MetricUnit unit;
  private final String meaning;
  private final List<MetricTag> tags;

  Metric(String key, MetricKind kind, MetricUnit unit, String meaning, MetricTag... tags) {
    this.key = PREFIX + key;
    this.kind = kind;
    this.unit = unit;
    this.meaning = meaning;
    this.tags = List.of(tags);
  }

  /** The name that a library of meters is given, such as {@code icestream.rows.read}. */
  public String key() {
    return key;
  }

  public MetricKind kind() {
    return kind;
  }

  public MetricUnit unit() {
    return unit;
  }

  /** What it says, as one sentence without a full stop. */
  public String meaning() {
    return meaning;
  }

  /**
   * What it is told apart by: always all of these, and nothing else. The first is who tells it: a
   * pipeline or a producer.
   */
  public List<MetricTag> tags() {
    return tags;
  }

  /** Whether Prometheus hears of it: functions have ended before it could ask them. */
  public boolean isInPrometheus() {
    return tags.get(0) == PIPELINE;
  }

  /** The name in Prometheus, such as {@code icestream_rows_read_total}. */
  public String prometheus() {
    String name = key.replace('.', '_');
    return kind == COUNTER ? name + "_total" : name;
  }

  /** The name in CloudWatch, such as {@code icestream.rows.read.count}. */
  public String cloudWatch() {
    return key + "." + kind.suffix();
  }

  /** The statistic of a minute that means something in CloudWatch. */
  public String statistic() {
    return switch (kind) {
      case COUNTER -> "Sum";
      case GAUGE -> "Maximum";
      case DISTRIBUTION -> "p99";
    };
  }
}
