/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.NetworkSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.FlowLogTrafficType;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IInterfaceVpcEndpointService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpoint;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.constructs.Construct;

/**
 * A VPC of isolated subnets. AWS is reached by endpoints, of which each costs by the hour: only
 * those that the deployment's mode needs are there.
 */
final class PrivateVpc extends Construct {
  private final Vpc vpc;

  PrivateVpc(Construct scope, AwsEnvironment settings) {
    super(scope, "Private");
    NetworkSettings network = settings.network();
    vpc =
        Vpc.Builder.create(this, "Vpc")
            .ipAddresses(IpAddresses.cidr(network.cidr()))
            .availabilityZones(network.zones())
            .natGateways(0)
            // Nothing is put into it, and closing it takes a Lambda that may change any group
            .restrictDefaultSecurityGroup(false)
            .subnetConfiguration(
                List.of(
                    SubnetConfiguration.builder()
                        .name("isolated")
                        .subnetType(SubnetType.PRIVATE_ISOLATED)
                        .cidrMask(20)
                        .build()))
            .build();
    vpc.addGatewayEndpoint(
        "S3", GatewayVpcEndpointOptions.builder().service(GatewayVpcEndpointAwsService.S3).build());
    SecurityGroup endpoints = endpoints(network.cidr());
    services(settings)
        .forEach(
            (name, service) -> {
              InterfaceVpcEndpoint endpoint =
                  vpc.addInterfaceEndpoint(
                      name,
                      InterfaceVpcEndpointOptions.builder()
                          .service(service)
                          .securityGroups(List.of(endpoints))
                          .open(false)
                          .build());
              endpoint.applyRemovalPolicy(RemovalPolicy.DESTROY);
            });
    logTraffic(settings);
  }

  Vpc vpc() {
    return vpc;
  }

  /** Sorted, so that the template does not depend on the order of a hash. */
  private static Map<String, IInterfaceVpcEndpointService> services(AwsEnvironment settings) {
    Map<String, IInterfaceVpcEndpointService> services = new TreeMap<>();
    services.put("Logs", InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS);
    services.put("Monitoring", InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING);
    if (!settings.producers().all().isEmpty()) {
      // Their dead letters
      services.put("Sqs", InterfaceVpcEndpointAwsService.SQS);
    }
    switch (settings.lake().catalog()) {
      case GLUE -> services.put("Glue", InterfaceVpcEndpointAwsService.GLUE);
      case S3TABLES -> services.put("S3Tables", InterfaceVpcEndpointAwsService.S3_TABLES);
    }
    return services;
  }

  private SecurityGroup endpoints(String cidr) {
    SecurityGroup group =
        SecurityGroup.Builder.create(this, "Endpoints")
            .vpc(vpc)
            .description("Endpoints of AWS services")
            .allowAllOutbound(false)
            .build();
    group.addIngressRule(Peer.ipv4(cidr), Port.tcp(443), "HTTPS from the VPC");
    return group;
  }

  private void logTraffic(AwsEnvironment settings) {
    vpc.addFlowLog(
        "FlowLog",
        FlowLogOptions.builder()
            .destination(
                FlowLogDestination.toCloudWatchLogs(
                    Logs.group(
                        this,
                        "FlowLogs",
                        settings.place().named("flow"),
                        settings.jobs().logRetentionDays())))
            .trafficType(FlowLogTrafficType.REJECT)
            .build());
  }
}
