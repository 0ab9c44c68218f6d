/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** A CloudWatch that keeps metrics and answers queries, with the alarms of a template. */
final class EmulatedCloudWatch implements AutoCloseable {
  static final String REGION = "us-east-1";

  private final CloudWatchAsyncClient client;

  /**
   * An alarm as the template declares it.
   *
   * @param name its name
   * @param properties the properties of the resource
   */
  record TemplateAlarm(String name, JsonNode properties) {
    String text(String key) {
      return properties.path(key).asText();
    }

    int number(String key) {
      return properties.path(key).asInt();
    }

    Map<String, String> dimensions() {
      Map<String, String> dimensions = new TreeMap<>();
      properties
          .path("Dimensions")
          .forEach(each -> dimensions.put(each.path("Name").asText(), each.path("Value").asText()));
      return dimensions;
    }
  }

  EmulatedCloudWatch(URI endpoint) {
    client =
        CloudWatchAsyncClient.builder()
            .endpointOverride(endpoint)
            .region(Region.of(REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .build();
  }

  /** The alarms on one pipeline's metrics, of the committed template of the watch stack. */
  static List<TemplateAlarm> alarms(String pipeline) throws IOException {
    Path template =
        Workspace.root()
            .resolve("infra/src/test/resources/snapshots/serverless-glue-new/watch.json");
    List<TemplateAlarm> alarms = new ArrayList<>();
    for (JsonNode resource : new ObjectMapper().readTree(template.toFile()).path("Resources")) {
      JsonNode properties = resource.path("Properties");
      TemplateAlarm alarm = new TemplateAlarm(properties.path("AlarmName").asText(), properties);
      if (resource.path("Type").asText().equals("AWS::CloudWatch::Alarm")
          && pipeline.equals(alarm.dimensions().get("pipeline"))) {
        alarms.add(alarm);
      }
    }
    return alarms;
  }

  void put(TemplateAlarm alarm) {
    client
        .putMetricAlarm(
            request ->
                request
                    .alarmName(alarm.name())
                    .namespace(alarm.text("Namespace"))
                    .metricName(alarm.text("MetricName"))
                    .dimensions(dimensions(alarm.dimensions()))
                    .statistic(alarm.text("Statistic"))
                    .period(alarm.number("Period"))
                    .evaluationPeriods(alarm.number("EvaluationPeriods"))
                    .threshold(alarm.properties().path("Threshold").asDouble())
                    .comparisonOperator(alarm.text("ComparisonOperator"))
                    .treatMissingData(alarm.text("TreatMissingData")))
        .join();
  }

  /** What the emulator itself says of an alarm. */
  String state(TemplateAlarm alarm) {
    return client
        .describeAlarms(request -> request.alarmNames(alarm.name()))
        .join()
        .metricAlarms()
        .get(0)
        .stateValueAsString();
  }

  /**
   * Whether an alarm's condition holds: each of its last periods is beyond the threshold, or tells
   * nothing where that is as bad.
   */
  boolean holds(TemplateAlarm alarm, Instant now) {
    Duration period = Duration.ofSeconds(alarm.number("Period"));
    double threshold = alarm.properties().path("Threshold").asDouble();
    boolean above = alarm.text("ComparisonOperator").equals("GreaterThanThreshold");
    for (int i = 0; i < alarm.number("EvaluationPeriods"); i++) {
      OptionalDouble value =
          value(
              alarm.text("MetricName"),
              alarm.dimensions(),
              alarm.text("Statistic"),
              period,
              now.minus(period.multipliedBy(i)));
      boolean bad =
          value.isEmpty()
              ? alarm.text("TreatMissingData").equals("breaching")
              : above ? value.getAsDouble() > threshold : value.getAsDouble() < threshold;
      if (!bad) {
        return false;
      }
    }
    return true;
  }

  /** A statistic of a series over the time before a moment; empty if it was not told. */
  OptionalDouble value(
      String metric,
      Map<String, String> dimensions,
      String statistic,
      Duration period,
      Instant until) {
    MetricDataQuery query =
        MetricDataQuery.builder()
            .id("q")
            .metricStat(
                stat ->
                    stat.stat(statistic)
                        .period((int) period.toSeconds())
                        .metric(
                            series ->
                                series
                                    .namespace("Icestream")
                                    .metricName(metric)
                                    .dimensions(dimensions(dimensions))))
            .build();
    MetricDataResult result =
        client
            .getMetricData(
                request ->
                    request
                        .startTime(until.minus(period))
                        .endTime(until)
                        .scanBy(ScanBy.TIMESTAMP_DESCENDING)
                        .metricDataQueries(query))
            .join()
            .metricDataResults()
            .get(0);
    return result.values().stream().mapToDouble(Double::doubleValue).findFirst();
  }

  @Override
  public void close() {
    client.close();
  }

  private static List<Dimension> dimensions(Map<String, String> values) {
    return values.entrySet().stream()
        .map(each -> Dimension.builder().name(each.getKey()).value(each.getValue()).build())
        .toList();
  }
}
