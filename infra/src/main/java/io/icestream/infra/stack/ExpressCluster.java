/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.infra.access.TopicDeclaration;
import io.icestream.infra.environment.AwsEnvironment;
import java.util.Base64;
import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.msk.CfnCluster;
import software.amazon.awscdk.services.msk.CfnCluster.BrokerLogsProperty;
import software.amazon.awscdk.services.msk.CfnCluster.BrokerNodeGroupInfoProperty;
import software.amazon.awscdk.services.msk.CfnCluster.ClientAuthenticationProperty;
import software.amazon.awscdk.services.msk.CfnCluster.CloudWatchLogsProperty;
import software.amazon.awscdk.services.msk.CfnCluster.EncryptionInTransitProperty;
import software.amazon.awscdk.services.msk.CfnCluster.EncryptionInfoProperty;
import software.amazon.awscdk.services.msk.CfnCluster.IamProperty;
import software.amazon.awscdk.services.msk.CfnCluster.LoggingInfoProperty;
import software.amazon.awscdk.services.msk.CfnCluster.SaslProperty;
import software.amazon.awscdk.services.msk.CfnCluster.UnauthenticatedProperty;
import software.amazon.awscdk.services.msk.CfnTopic;
import software.constructs.Construct;

/** Kafka with brokers of a size: MSK Express. Topics are declared like everything else. */
final class ExpressCluster extends Construct {
  private static final String KAFKA_VERSION = "3.9.x";

  private final CfnCluster cluster;

  ExpressCluster(
      Construct scope,
      String name,
      AwsEnvironment settings,
      List<String> subnetIds,
      String securityGroupId) {
    super(scope, "Express");
    LogGroup logs = Logs.group(this, "Logs", name, settings.jobs().logRetentionDays());
    cluster =
        CfnCluster.Builder.create(this, "Cluster")
            .clusterName(name)
            .kafkaVersion(KAFKA_VERSION)
            .numberOfBrokerNodes(settings.kafka().brokers())
            .brokerNodeGroupInfo(
                BrokerNodeGroupInfoProperty.builder()
                    .clientSubnets(subnetIds)
                    .instanceType(settings.kafka().instance())
                    .securityGroups(List.of(securityGroupId))
                    .build())
            .clientAuthentication(
                ClientAuthenticationProperty.builder()
                    .sasl(
                        SaslProperty.builder()
                            .iam(IamProperty.builder().enabled(true).build())
                            .build())
                    .unauthenticated(UnauthenticatedProperty.builder().enabled(false).build())
                    .build())
            .encryptionInfo(
                EncryptionInfoProperty.builder()
                    .encryptionInTransit(
                        EncryptionInTransitProperty.builder()
                            .clientBroker("TLS")
                            .inCluster(true)
                            .build())
                    .build())
            .loggingInfo(
                LoggingInfoProperty.builder()
                    .brokerLogs(
                        BrokerLogsProperty.builder()
                            .cloudWatchLogs(
                                CloudWatchLogsProperty.builder()
                                    .enabled(true)
                                    .logGroup(logs.getLogGroupName())
                                    .build())
                            .build())
                    .build())
            .build();
  }

  String arn() {
    return cluster.getAttrArn();
  }

  /**
   * Declares topics. One that is no longer declared stays: its records may not be in a table yet.
   */
  void declare(List<TopicDeclaration> topics, int replicas) {
    for (TopicDeclaration topic : topics) {
      CfnTopic.Builder.create(this, "Topic-" + topic.name())
          .clusterArn(arn())
          .topicName(topic.name())
          .partitionCount(topic.partitions())
          .replicationFactor(replicas)
          .configs(Base64.getEncoder().encodeToString(topic.properties().getBytes(UTF_8)))
          .build()
          .applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
  }
}
