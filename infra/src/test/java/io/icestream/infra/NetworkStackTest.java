/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class NetworkStackTest {
  private static final Map<String, Object> EXISTING =
      Map.of(
          "vpcId",
          "vpc-0123456789abcdef0",
          "vpcCidr",
          "10.1.0.0/16",
          "vpcSubnetIds",
          List.of("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"));

  @Test
  void leadsNowhereButToAws() {
    // when
    Template template = Synthesis.standard().network();

    // then
    template.resourceCountIs("AWS::EC2::InternetGateway", 0);
    template.resourceCountIs("AWS::EC2::NatGateway", 0);
    template.resourceCountIs("AWS::EC2::Subnet", 2);
    template.hasResourceProperties(
        "AWS::EC2::Subnet",
        Map.of("AvailabilityZone", "eu-central-1b", "MapPublicIpOnLaunch", false));
  }

  @Test
  void namesNoRuleForAllAddresses() {
    // when
    Map<String, Map<String, Object>> resources =
        Synthesis.standard().network().findResources("AWS::EC2::SecurityGroup");
    Map<String, Map<String, Object>> rules =
        Synthesis.standard().network().findResources("AWS::EC2::SecurityGroupIngress");

    // then CDK writes 255.255.255.255/32 for "none"
    assertThat(resources).hasSize(4);
    assertThat(resources.toString() + rules).doesNotContain("0.0.0.0/0").doesNotContain("::/0");
  }

  @Test
  void letsJobsAndClientsToTheBrokersAndNobodyElse() {
    // when
    Map<String, Map<String, Object>> rules =
        Synthesis.standard()
            .network()
            .findResources(
                "AWS::EC2::SecurityGroupIngress",
                Map.of("Properties", Map.of("FromPort", 9098, "ToPort", 9098)));

    // then
    assertThat(rules).hasSize(2);
  }

  @Test
  void hasTheEndpointsOfItsCatalogAlone() {
    // when
    Template glue = Synthesis.standard().network();
    Template tables = Synthesis.of(Map.of("catalog", "s3tables")).network();

    // then
    assertThat(endpoints(glue)).containsExactlyInAnyOrder("s3", "glue", "logs", "monitoring");
    assertThat(endpoints(tables)).containsExactlyInAnyOrder("s3", "s3tables", "logs", "monitoring");
  }

  @Test
  void usesAnExistingNetworkAsItIs() {
    // when
    Template template = Synthesis.of(EXISTING).network();

    // then
    template.resourceCountIs("AWS::EC2::VPC", 0);
    template.resourceCountIs("AWS::EC2::VPCEndpoint", 0);
    template.hasResourceProperties(
        "AWS::EC2::SecurityGroup",
        Map.of("VpcId", "vpc-0123456789abcdef0", "GroupDescription", "Kafka brokers"));
    template.hasResourceProperties(
        "AWS::EC2::SecurityGroup",
        Map.of(
            "SecurityGroupEgress",
            Match.arrayWith(
                List.of(Match.objectLike(Map.of("CidrIp", "10.1.0.0/16", "FromPort", 443))))));
  }

  private static List<String> endpoints(Template template) {
    return template.findResources("AWS::EC2::VPCEndpoint").values().stream()
        .map(resource -> (Map<?, ?>) resource.get("Properties"))
        .map(properties -> properties.get("ServiceName").toString())
        .map(name -> name.replaceAll("[^a-z0-9.]+", ""))
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .toList();
  }
}
