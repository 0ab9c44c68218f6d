/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.metric.Alarm.Comparison;
import io.icestream.model.metric.Alarm.Threshold;
import io.icestream.model.metric.MetricKind;
import io.icestream.model.metric.PipelineSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/**
 * The alarms of the catalogue for each pipeline. CloudWatch has none over a search, and over
 * several tables at once one that tells nothing would be hidden: each series has its own.
 */
final class CatalogueAlarms extends Construct {
  private static final int GAUGE_SECONDS = 60;

  private final AwsEnvironment settings;
  private final List<Alarm> all = new ArrayList<>();

  CatalogueAlarms(Construct scope, AwsEnvironment settings, List<PipelineDefinition> pipelines) {
    super(scope, "Catalogue");
    this.settings = settings;
    for (PipelineDefinition pipeline : pipelines) {
      PipelineSeries series = PipelineSeries.of(pipeline);
      for (io.icestream.model.metric.Alarm alarm : io.icestream.model.metric.Alarm.values()) {
        series
            .of(alarm.measure().metric())
            .forEach(dimensions -> all.add(declare(alarm, dimensions)));
      }
    }
  }

  List<Alarm> all() {
    return all;
  }

  private Alarm declare(
      io.icestream.model.metric.Alarm alarm, SortedMap<String, String> dimensions) {
    String name = name(alarm, dimensions);
    Threshold threshold = alarm.threshold();
    int period = period(alarm);
    int periods = Math.max(1, Math.toIntExact(threshold.lasting().toSeconds() / period));
    return Alarm.Builder.create(this, name)
        .alarmName(settings.place().named(name))
        .alarmDescription(
            "%s (%s). %s".formatted(alarm.summary(), alarm.severity().key(), alarm.remedy()))
        .metric(
            Metric.Builder.create()
                .namespace(io.icestream.model.metric.Metric.NAMESPACE)
                .metricName(alarm.measure().metric().cloudWatch())
                .dimensionsMap(dimensions)
                .statistic(alarm.measure().metric().statistic())
                .period(Duration.seconds(period))
                .build())
        .threshold(threshold.value())
        .comparisonOperator(
            threshold.comparison() == Comparison.ABOVE
                ? ComparisonOperator.GREATER_THAN_THRESHOLD
                : ComparisonOperator.LESS_THAN_THRESHOLD)
        .evaluationPeriods(periods)
        .treatMissingData(
            threshold.missingIsBad() ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING)
        .build();
  }

  /** A counter is looked at over the catalogue's window, a gauge as often as it is told. */
  private static int period(io.icestream.model.metric.Alarm alarm) {
    return alarm.measure().metric().kind() == MetricKind.COUNTER
        ? Math.toIntExact(io.icestream.model.metric.Alarm.WINDOW.toSeconds())
        : GAUGE_SECONDS;
  }

  /** Such as {@code iot-telemetry-table-stale-iot.readings}. */
  private static String name(
      io.icestream.model.metric.Alarm alarm, SortedMap<String, String> dimensions) {
    List<String> parts = new ArrayList<>();
    alarm.measure().metric().tags().forEach(tag -> parts.add(dimensions.get(tag.key())));
    parts.add(1, alarm.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return String.join("-", parts);
  }
}
