/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.assertions.Template;

class WildcardTest {
  @ParameterizedTest
  @CsvSource({"serverless, glue", "express, s3tables"})
  void allowsOnAllResourcesOnlyWhatKnowsNone(String kafka, String catalog) {
    // given
    Map<String, Object> stage = new LinkedHashMap<>(Context.PRODUCERS);
    stage.put("kafka", kafka);
    stage.put("catalog", catalog);
    Synthesis synthesis = Synthesis.of(stage);
    ResolvedTexts texts = new ResolvedTexts(synthesis.templates());
    SortedSet<String> permissions = new TreeSet<>();

    // when
    for (Template template : synthesis.templates()) {
      for (Map<String, Object> policy : template.findResources("AWS::IAM::Policy").values()) {
        Map<?, ?> properties = (Map<?, ?>) policy.get("Properties");
        permissions.addAll(
            Policy.of((Map<?, ?>) properties.get("PolicyDocument"), texts).permissions());
      }
    }

    // then
    // What a function in a VPC needs before it has a network interface
    permissions.removeIf(
        permission ->
            permission.matches(
                "ec2:(CreateNetworkInterface|DeleteNetworkInterface|DescribeNetworkInterfaces"
                    + "|DescribeSubnets|AssignPrivateIpAddresses|UnassignPrivateIpAddresses) \\*"));
    assertThat(permissions).hasSizeGreaterThan(30);
    assertThat(
            permissions.stream()
                .filter(permission -> permission.split(" ", -1)[1].equals("*"))
                .toList())
        .containsExactly(
            "cloudwatch:PutMetricData * {StringEquals={cloudwatch:namespace=[Icestream]}}",
            "ec2:DescribeManagedPrefixLists *");
    assertThat(permissions).noneMatch(permission -> permission.split(" ", -1)[0].contains("*"));
  }
}
