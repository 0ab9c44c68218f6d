/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import java.util.List;
import software.amazon.awscdk.services.msk.CfnServerlessCluster;
import software.amazon.awscdk.services.msk.CfnServerlessCluster.ClientAuthenticationProperty;
import software.amazon.awscdk.services.msk.CfnServerlessCluster.IamProperty;
import software.amazon.awscdk.services.msk.CfnServerlessCluster.SaslProperty;
import software.amazon.awscdk.services.msk.CfnServerlessCluster.VpcConfigProperty;
import software.constructs.Construct;

/** Kafka without brokers to size: MSK Serverless. */
final class ServerlessCluster extends Construct {
  private final CfnServerlessCluster cluster;

  ServerlessCluster(Construct scope, String name, List<String> subnetIds, String securityGroupId) {
    super(scope, "Serverless");
    cluster =
        CfnServerlessCluster.Builder.create(this, "Cluster")
            .clusterName(name)
            .clientAuthentication(
                ClientAuthenticationProperty.builder()
                    .sasl(
                        SaslProperty.builder()
                            .iam(IamProperty.builder().enabled(true).build())
                            .build())
                    .build())
            .vpcConfigs(
                List.of(
                    VpcConfigProperty.builder()
                        .subnetIds(subnetIds)
                        .securityGroups(List.of(securityGroupId))
                        .build()))
            .build();
  }

  String arn() {
    return cluster.getAttrArn();
  }
}
