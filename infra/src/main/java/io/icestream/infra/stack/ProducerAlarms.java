/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.ProducerSettings.Producer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/** What rings when functions fail to put records into Kafka. They are known by their names. */
final class ProducerAlarms extends Construct {
  private static final int FAILING_PERIODS = 3;

  private final AwsEnvironment settings;
  private final List<Alarm> all = new ArrayList<>();

  ProducerAlarms(Construct scope, AwsEnvironment settings) {
    super(scope, "Producers");
    this.settings = settings;
    for (Producer producer : settings.producers().all()) {
      all.add(failing(producer.name()));
    }
    if (!all.isEmpty()) {
      all.add(deadLetters());
    }
  }

  List<Alarm> all() {
    return all;
  }

  private Alarm failing(String producer) {
    return alarm("producer-failing-" + producer)
        .alarmDescription(
            "Producer "
                + producer
                + " goes on failing, three times five minutes in a row. Its log says why: /icestream/"
                + settings.place().named("producer-" + producer)
                + ".")
        .metric(
            metric(
                "AWS/Lambda",
                "Errors",
                Map.of("FunctionName", settings.place().named(producer)),
                "Sum"))
        .evaluationPeriods(FAILING_PERIODS)
        .build();
  }

  private Alarm deadLetters() {
    String queue = settings.place().named("dead-letters");
    return alarm("dead-letters")
        .alarmDescription(
            "Producers have given something up; it waits in queue "
                + queue
                + " for fourteen days. Mend the cause, then send the messages back.")
        .metric(
            metric(
                "AWS/SQS",
                "ApproximateNumberOfMessagesVisible",
                Map.of("QueueName", queue),
                "Maximum"))
        .evaluationPeriods(1)
        .build();
  }

  private Alarm.Builder alarm(String name) {
    return Alarm.Builder.create(this, name)
        .alarmName(settings.place().named(name))
        .threshold(0)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
        .treatMissingData(TreatMissingData.NOT_BREACHING);
  }

  private static Metric metric(
      String namespace, String name, Map<String, String> dimensions, String statistic) {
    return Metric.Builder.create()
        .namespace(namespace)
        .metricName(name)
        .dimensionsMap(dimensions)
        .statistic(statistic)
        .period(Duration.minutes(5))
        .build();
  }
}
