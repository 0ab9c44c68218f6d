/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class StreamStackTest {
  private static final Map<String, Object> EXPRESS = Map.of("kafka", "express");

  @Test
  void isServerlessUnlessTheStageSaysOtherwise() {
    // when
    Template template = Synthesis.standard().stream();

    // then
    template.resourceCountIs("AWS::MSK::Cluster", 0);
    template.hasResourceProperties(
        "AWS::MSK::ServerlessCluster",
        Map.of(
            "ClusterName",
            "icestream-test-kafka",
            "ClientAuthentication",
            Map.of("Sasl", Map.of("Iam", Map.of("Enabled", true)))));
  }

  @Test
  void tellsTheTopicsThatOnlyAKafkaClientCanMake() {
    // when
    Template template = Synthesis.of(Map.of("retentionHours", 24)).stream();

    // then each topic once, sorted, so that the template stays the same
    template.hasResourceProperties(
        "AWS::SSM::Parameter",
        Map.of(
            "Name",
            "/icestream/test/topics",
            "Value",
            "[{\"name\":\"iot.readings\",\"partitions\":4,\"config\":{\"retention.ms\":\"86400000\"}},"
                + "{\"name\":\"machine.temperature\",\"partitions\":4,\"config\":{\"retention.ms\":\"86400000\"}},"
                + "{\"name\":\"shop.public.customers\",\"partitions\":4,\"config\":{\"retention.ms\":\"86400000\"}},"
                + "{\"name\":\"weblogs\",\"partitions\":4,\"config\":{\"retention.ms\":\"86400000\"}}]"));
  }

  @Test
  void givesExpressBrokersIamAndTlsAlone() {
    // when
    Template template = Synthesis.of(EXPRESS).stream();

    // then
    template.resourceCountIs("AWS::MSK::ServerlessCluster", 0);
    template.hasResourceProperties(
        "AWS::MSK::Cluster",
        Match.objectLike(
            Map.of(
                "NumberOfBrokerNodes",
                3,
                "ClientAuthentication",
                Map.of(
                    "Sasl",
                    Map.of("Iam", Map.of("Enabled", true)),
                    "Unauthenticated",
                    Map.of("Enabled", false)),
                "EncryptionInfo",
                Map.of("EncryptionInTransit", Map.of("ClientBroker", "TLS", "InCluster", true)))));
  }

  @Test
  void declaresTopicsOfExpressBrokersAndNeverDeletesThem() {
    // when
    Template template = Synthesis.of(EXPRESS).stream();

    // then
    template.resourceCountIs("AWS::MSK::Topic", 4);
    template.allResources("AWS::MSK::Topic", Match.objectLike(Map.of("DeletionPolicy", "Retain")));
    template.hasResourceProperties(
        "AWS::MSK::Topic",
        Map.of(
            "TopicName",
            "weblogs",
            "PartitionCount",
            4,
            "ReplicationFactor",
            3,
            "Configs",
            Base64.getEncoder().encodeToString("retention.ms=604800000\n".getBytes(UTF_8))));
  }

  @Test
  void looksTheBrokersUpAndMayDoNothingElse() {
    // when
    Template template = Synthesis.standard().stream();

    // then
    template.resourceCountIs("Custom::Lookup", 1);
    template.hasResourceProperties(
        "AWS::IAM::Policy",
        Map.of(
            "PolicyDocument",
            Match.objectLike(
                Map.of(
                    "Statement",
                    Match.exact(
                        List.of(
                            Match.objectLike(Map.of("Action", "kafka:GetBootstrapBrokers"))))))));
    assertThat(template.findResources("AWS::IAM::Policy")).hasSize(1);
  }
}
