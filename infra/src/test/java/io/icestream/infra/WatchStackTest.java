/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class WatchStackTest {
  @Test
  void ringsWhenAJobIsNotRunningAndWhenNothingIsToldOfIt() {
    // when
    Template template = Synthesis.standard().watch();

    // then
    template.hasResourceProperties(
        "AWS::CloudWatch::Alarm",
        Map.of(
            "MetricName",
            "RunningJobs",
            "Namespace",
            "AWS/EMRServerless",
            "Threshold",
            4,
            "ComparisonOperator",
            "LessThanThreshold",
            "TreatMissingData",
            "breaching",
            "AlarmActions",
            Match.anyValue(),
            "OKActions",
            Match.anyValue()));
  }

  @Test
  void tellsOfAJobThatEmrHasGivenUp() {
    // when
    Template template = Synthesis.standard().watch();

    // then
    template.hasResourceProperties(
        "AWS::Events::Rule",
        Map.of(
            "EventPattern",
            Match.objectLike(
                Map.of(
                    "source",
                    List.of("aws.emr-serverless"),
                    "detail",
                    Match.objectLike(Map.of("state", List.of("FAILED")))))));
  }

  @Test
  void letsAlarmsAndEventsPublish() {
    // when
    Template template = Synthesis.standard().watch();

    // then the topic has a policy, which replaces the one that would let alarms publish
    for (String service : List.of("cloudwatch.amazonaws.com", "events.amazonaws.com")) {
      template.hasResourceProperties(
          "AWS::SNS::TopicPolicy",
          Map.of(
              "PolicyDocument",
              Match.objectLike(
                  Map.of(
                      "Statement",
                      Match.arrayWith(
                          List.of(
                              Match.objectLike(
                                  Map.of(
                                      "Action", "sns:Publish",
                                      "Effect", "Allow",
                                      "Principal", Map.of("Service", service)))))))));
    }
  }

  @Test
  void writesToTheAddressOfTheStageAndToNobodyWithoutOne() {
    // when
    Template told = Synthesis.of(Map.of("alarmAddress", "ops@example.org")).watch();
    Template silent = Synthesis.standard().watch();

    // then
    told.hasResourceProperties(
        "AWS::SNS::Subscription", Map.of("Protocol", "email", "Endpoint", "ops@example.org"));
    silent.resourceCountIs("AWS::SNS::Subscription", 0);
  }

  @Test
  void showsEachTopicOnTheDashboard() {
    // when
    String dashboard =
        Synthesis.standard().watch().findResources("AWS::CloudWatch::Dashboard").toString();

    // then
    assertThat(dashboard).contains("iot.readings", "weblogs", "FailedJobs");
  }
}
