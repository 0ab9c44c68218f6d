/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.access.TopicDeclaration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ssm.CfnParameter;
import software.constructs.Construct;

/**
 * The topics that have to be there, for whoever can make them. MSK Serverless has no topics in
 * CloudFormation: only a Kafka client inside of the VPC makes them, and this deployment has none
 * yet.
 */
final class TopicsToCreate extends Construct {
  TopicsToCreate(Construct scope, String stage, List<TopicDeclaration> topics) {
    super(scope, "Topics");
    CfnParameter.Builder.create(this, "Declared")
        .name("/icestream/" + stage + "/topics")
        .description(
            "The topics that the pipelines of Icestream read, to be made before they start")
        .type("String")
        .tier("Intelligent-Tiering")
        .value(Stack.of(this).toJsonString(topics.stream().map(TopicsToCreate::described).toList()))
        .build();
  }

  private static Map<String, Object> described(TopicDeclaration topic) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("name", topic.name());
    description.put("partitions", topic.partitions());
    description.put("config", topic.config());
    return description;
  }
}
