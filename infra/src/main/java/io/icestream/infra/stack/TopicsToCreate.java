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
 * The topics that have to be there, for whoever looks. MSK Serverless has no topics in
 * CloudFormation: a Kafka client inside of the VPC makes them, see {@link TopicsStack}.
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
        .value(json(this, topics))
        .build();
  }

  /** The topics as a list of objects. */
  static String json(Construct scope, List<TopicDeclaration> topics) {
    return Stack.of(scope).toJsonString(topics.stream().map(TopicsToCreate::described).toList());
  }

  private static Map<String, Object> described(TopicDeclaration topic) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("name", topic.name());
    description.put("partitions", topic.partitions());
    description.put("config", topic.config());
    return description;
  }
}
