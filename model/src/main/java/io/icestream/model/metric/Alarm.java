/* SPDX-License-Identifier: MIT */
package io.icestream.model.metric;

import static io.icestream.model.metric.Alarm.Comparison.ABOVE;
import static io.icestream.model.metric.Alarm.Comparison.BELOW;
import static io.icestream.model.metric.Alarm.Severity.PAGE;
import static io.icestream.model.metric.Alarm.Severity.TICKET;

import java.time.Duration;
import java.util.Locale;

/**
 * When somebody has to look. Each is about one metric, so that every backend can say it.
 *
 * <p>An alarm of a counter is about what it has grown by in five minutes.
 */
@SuppressWarnings("ImmutableEnumChecker") // records of values that never change
public enum Alarm {
  PIPELINE_DOWN(
      Measure.value(Metric.UP),
      new Threshold(BELOW, 1, Duration.ofMinutes(1), true),
      PAGE,
      "The pipeline does not run, or tells nothing",
      "Read the end of its log, then start it again: it goes on where its tables are."),
  TABLE_STALE(
      Measure.value(Metric.TABLE_FRESHNESS),
      new Threshold(ABOVE, 60, Duration.ofMinutes(1), true),
      PAGE,
      "A record has waited more than a minute for a table, or nobody tells",
      "See whether the pipeline runs; if it does, whether it is behind or held up."),
  BACKLOG_OLD(
      Measure.value(Metric.LAG_SECONDS),
      new Threshold(ABOVE, 300, Duration.ofMinutes(2), false),
      PAGE,
      "The oldest record that waits is older than five minutes",
      "Compare arriving and read rows. Give the job more cores, or find the partition that"
          + " stands still."),
  BACKLOG_GROWS(
      Measure.value(Metric.DRAIN_SECONDS),
      new Threshold(ABOVE, 86_400, Duration.ofMinutes(15), false),
      TICKET,
      "What waits will not be gone within a day",
      "More arrives than is read: more cores, larger batches or fewer steps."),
  RETENTION_NEAR(
      Measure.value(Metric.RETENTION_HEADROOM),
      new Threshold(BELOW, 3_600, Duration.ofMinutes(2), false),
      PAGE,
      "Kafka deletes within an hour what has not been read",
      "Raise retention.ms of the topic at once, then make the pipeline faster."),
  QUARANTINE_BURST(
      Measure.increase(Metric.ROWS_QUARANTINED, MetricTag.PIPELINE, MetricTag.RULE),
      new Threshold(ABOVE, 100, Duration.ZERO, false),
      TICKET,
      "More than 100 rows went to quarantine in five minutes",
      "Look with './icestream quarantine show'; mend the producer or the rule, then replay."),
  LATE_BURST(
      Measure.increase(Metric.ROWS_LATE, MetricTag.PIPELINE, MetricTag.TABLE),
      new Threshold(ABOVE, 1_000, Duration.ZERO, false),
      TICKET,
      "More than 1000 rows came behind the watermark in five minutes",
      "See which producer is late; raise 'watermark' if it has to be."),
  RESTARTING(
      Measure.increase(Metric.RESTARTS, MetricTag.PIPELINE),
      new Threshold(ABOVE, 2, Duration.ZERO, false),
      TICKET,
      "The query was started again more than twice in five minutes",
      "The log names the server that does not answer."),
  COMMITS_CONTENDED(
      Measure.increase(Metric.COMMIT_RETRIES, MetricTag.PIPELINE, MetricTag.TABLE),
      new Threshold(ABOVE, 10, Duration.ofMinutes(10), false),
      TICKET,
      "Commits are always tried again: somebody else writes the table",
      "Find the other writer in the table's snapshots; let maintenance run less often."),
  SMALL_FILES(
      Measure.value(Metric.TABLE_SMALL_FILES),
      new Threshold(ABOVE, 2_000, Duration.ofMinutes(30), false),
      TICKET,
      "A table has more than 2000 small files",
      "Compact it, or give the pipeline a longer trigger."),
  DELETE_FILES(
      Measure.value(Metric.TABLE_DELETE_FILES),
      new Threshold(ABOVE, 1_000, Duration.ofMinutes(30), false),
      TICKET,
      "A table has more than 1000 delete files, which each reader has to apply",
      "Compact it."),
  SNAPSHOTS(
      Measure.value(Metric.TABLE_SNAPSHOTS),
      new Threshold(ABOVE, 5_000, Duration.ofMinutes(30), false),
      TICKET,
      "A table keeps more than 5000 snapshots, which slow each commit down",
      "Let snapshots expire.");

  /** Which side of the threshold is bad. */
  public enum Comparison {
    ABOVE(">"),
    BELOW("<");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    /** As PromQL writes it. */
    public String sign() {
      return sign;
    }
  }

  /** Who has to know. */
  public enum Severity {
    /** Wakes somebody. */
    PAGE,
    /** Waits for the morning. */
    TICKET;

    /** As labels write it. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is bad.
   *
   * @param comparison which side
   * @param value the bound, which is still good itself
   * @param lasting for how long; zero at once
   * @param missingIsBad whether a metric that is not there is bad too
   */
  public record Threshold(
      Comparison comparison, double value, Duration lasting, boolean missingIsBad) {}

  /** What an alarm of a counter looks at. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  private final Measure measure;
  private final Threshold threshold;
  private final Severity severity;
  private final String summary;
  private final String remedy;

  Alarm(Measure measure, Threshold threshold, Severity severity, String summary, String remedy) {
    this.measure = measure;
    this.threshold = threshold;
    this.severity = severity;
    this.summary = summary;
    this.remedy = remedy;
  }

  /** What it watches. */
  public Measure measure() {
    return measure;
  }

  public Threshold threshold() {
    return threshold;
  }

  public Severity severity() {
    return severity;
  }

  /** What is wrong, as a sentence without a full stop. */
  public String summary() {
    return summary;
  }

  /** What to do, as sentences. */
  public String remedy() {
    return remedy;
  }

  /** The name in rules and alarms, such as {@code IcestreamTableStale}. */
  public String title() {
    StringBuilder title = new StringBuilder("Icestream");
    for (String word : name().split("_", -1)) {
      title.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return title.toString();
  }
}
