/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.KafkaSettings;
import io.icestream.infra.environment.NetworkSettings;
import java.util.List;
import software.amazon.awscdk.services.ec2.IPeer;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.constructs.Construct;

/**
 * The VPC, and who may talk to whom in it. No way leads to the internet or from it; no rule names
 * all addresses.
 */
public final class NetworkStack extends DeploymentStack {
  private static final Port HTTPS = Port.tcp(443);
  private static final Port KAFKA = Port.tcp(KafkaSettings.IAM_PORT);

  private final IVpc vpc;
  private final SecurityGroup jobs;
  private final SecurityGroup clients;
  private final SecurityGroup brokers;

  /**
   * @param scope the app
   * @param settings the deployment
   */
  public NetworkStack(Construct scope, AwsEnvironment settings) {
    super(scope, settings, "network", "Icestream: the network of pipelines and brokers");
    if (settings.network() instanceof NetworkSettings.Existing existing) {
      vpc = existing(existing);
    } else {
      vpc = new PrivateVpc(this, settings).vpc();
    }
    jobs = group("Jobs", "Drivers and executors of pipelines");
    clients = group("Clients", "Producers and what administers topics");
    brokers = group("Brokers", "Kafka brokers");
    IPeer s3 = Peer.prefixList(new S3PrefixList(this, "S3Addresses").id());
    for (SecurityGroup client : List.of(jobs, clients)) {
      brokers.addIngressRule(client, KAFKA, "Kafka with IAM");
      client.addEgressRule(brokers, KAFKA, "Kafka with IAM");
      client.addEgressRule(s3, HTTPS, "S3 by its gateway");
      client.addEgressRule(
          Peer.ipv4(settings.network().cidr()), HTTPS, "AWS by the endpoints of the VPC");
    }
    jobs.addIngressRule(jobs, Port.allTcp(), "Driver and executors among themselves");
    jobs.addEgressRule(jobs, Port.allTcp(), "Driver and executors among themselves");
  }

  /** The network. */
  public IVpc vpc() {
    return vpc;
  }

  /** The private subnets, one for each zone. */
  public List<String> subnetIds() {
    return vpc.getIsolatedSubnets().stream().map(ISubnet::getSubnetId).toList();
  }

  /** For drivers and executors. */
  public SecurityGroup jobs() {
    return jobs;
  }

  /** For Lambdas that speak to Kafka. */
  public SecurityGroup clients() {
    return clients;
  }

  /** For brokers. */
  public SecurityGroup brokers() {
    return brokers;
  }

  private IVpc existing(NetworkSettings.Existing network) {
    return Vpc.fromVpcAttributes(
        this,
        "Vpc",
        VpcAttributes.builder()
            .vpcId(network.vpcId())
            .vpcCidrBlock(network.cidr())
            .availabilityZones(network.zones())
            .isolatedSubnetIds(network.subnets())
            .build());
  }

  private SecurityGroup group(String id, String description) {
    return SecurityGroup.Builder.create(this, id)
        .vpc(vpc)
        .description(description)
        .allowAllOutbound(false)
        .build();
  }
}
