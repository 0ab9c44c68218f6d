/* SPDX-License-Identifier: MIT */
package io.icestream.model.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** The page of the documentation that lists all metrics and alarms. */
public final class MetricsReference {
  private static final String INTRODUCTION =
      """
      # Metrics and alarms

      Generated from the catalogue `io.icestream.model.metric`; do not edit. How to get at them is in
      [operations.md](operations.md#metrics).

      In Prometheus the name has underscores instead of dots, and a counter ends with `_total`. In
      CloudWatch, namespace `Icestream`, a counter ends with `.count` and has what was added in each minute
      (statistic Sum); a gauge ends with `.value` (statistic Maximum), and so does a distribution, of which
      CloudWatch works out `p50` and `p99`. The tags are the dimensions, always all of them. Functions
      tell `icestream.producer.*` to CloudWatch alone, by their log ([producers.md](producers.md)).

      Freshness is read from tables and topic: by [the probe](operations.md#freshness-from-outside), whose
      number rises when the job is dead, or by the job itself (`metrics.freshness`, as on AWS), whose number
      ends with it. The alarm rings in both cases, since missing is bad.

      """;

  private MetricsReference() {}

  /** The page, with a line end at the end. */
  public static String text() {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    text.append("| metric | kind | unit | tags | meaning | dashboards |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (Metric metric : Metric.values()) {
      text.append(row(metric)).append('\n');
    }
    text.append(cost());
    text.append("\n## Alarms\n\nA counter is looked at over five minutes.\n\n");
    text.append("| alarm | when | severity | means | remedy |\n|---|---|---|---|---|\n");
    for (Alarm alarm : Alarm.values()) {
      text.append(row(alarm)).append('\n');
    }
    return text.toString();
  }

  private static String row(Metric metric) {
    return "| `%s` | %s | %s | %s | %s | %s |"
        .formatted(
            metric.key(),
            metric.kind(),
            metric.unit().name().toLowerCase(Locale.ROOT),
            metric.tags().stream().map(tag -> "`" + tag.key() + "`").collect(joined()),
            metric.meaning(),
            Arrays.stream(Board.values())
                .filter(board -> shows(board, metric))
                .map(Board::title)
                .collect(joined()));
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }

  private static boolean shows(Board board, Metric metric) {
    return board.panels().stream()
        .flatMap(panel -> panel.measures().stream())
        .anyMatch(
            measure ->
                measure.metric() == metric || measure.per().filter(metric::equals).isPresent());
  }

  private static String row(Alarm alarm) {
    Alarm.Threshold threshold = alarm.threshold();
    String lasting =
        threshold.lasting().isZero() ? "" : " for " + threshold.lasting().toMinutes() + " min";
    return "| `%s` | `%s` %s %s%s%s | %s | %s | %s |"
        .formatted(
            alarm.title(),
            alarm.measure().metric().key(),
            threshold.comparison().sign(),
            (long) threshold.value(),
            lasting,
            threshold.missingIsBad() ? ", or missing" : "",
            alarm.severity().key(),
            alarm.summary(),
            alarm.remedy());
  }

  /** What CloudWatch bills for the catalogue, from the number of series alone. */
  private static String cost() {
    long perPipeline = count(MetricTag.PIPELINE);
    long perTable = count(MetricTag.TABLE);
    long perRule = count(MetricTag.RULE);
    long perPhase = count(MetricTag.PHASE);
    return """

        In CloudWatch each combination of tags is a metric of its own. A pipeline has %d, %d more for
        each table, %d for each expectation and %d for each of the %d phases of a batch; a function that
        tells them has %d. `icestream cost` counts them.
        """
        .formatted(
            perPipeline,
            perTable,
            perRule,
            perPhase,
            PipelineSeries.PHASES.size(),
            count(MetricTag.PRODUCER));
  }

  private static long count(MetricTag last) {
    return Arrays.stream(Metric.values())
        .filter(metric -> metric.tags().get(metric.tags().size() - 1) == last)
        .count();
  }
}
