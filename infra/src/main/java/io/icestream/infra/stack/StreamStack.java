/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.access.TopicDeclaration;
import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.KafkaSettings.Kind;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Fn;
import software.constructs.Construct;

/** Kafka and its topics. */
public final class StreamStack extends DeploymentStack {
  private final String clusterArn;
  private final String bootstrapServers;

  /**
   * @param scope the app
   * @param settings the deployment
   * @param network where the brokers are
   * @param topics what pipelines read
   */
  public StreamStack(
      Construct scope,
      AwsEnvironment settings,
      NetworkStack network,
      List<TopicDeclaration> topics) {
    super(scope, settings, "stream", "Icestream: Kafka and the topics that pipelines read");
    String name = named("kafka");
    String brokers = network.brokers().getSecurityGroupId();
    if (settings.kafka().kind() == Kind.EXPRESS) {
      ExpressCluster cluster =
          new ExpressCluster(this, name, settings, network.subnetIds(), brokers);
      clusterArn = cluster.arn();
      cluster.declare(topics, settings.network().zones().size());
    } else {
      clusterArn = new ServerlessCluster(this, name, network.subnetIds(), brokers).arn();
      new TopicsToCreate(this, settings.place().stage(), topics);
    }
    bootstrapServers =
        new Lookup(
                "Kafka",
                "getBootstrapBrokers",
                Map.of("ClusterArn", clusterArn),
                "kafka:GetBootstrapBrokers",
                clusterArn)
            .field(this, "BootstrapServers", "BootstrapBrokerStringSaslIam");
    CfnOutput.Builder.create(this, "KafkaBootstrapServers")
        .description("Where Kafka clients start, with IAM and from inside of the VPC")
        .value(bootstrapServers)
        .build();
  }

  /** The cluster. */
  public String clusterArn() {
    return clusterArn;
  }

  /** Name and UUID, which ARNs of topics and groups have in common with the cluster's. */
  public String clusterPath() {
    return Fn.select(1, Fn.split(":cluster/", clusterArn));
  }

  /** The brokers to start from, as {@code host:port,...}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }
}
