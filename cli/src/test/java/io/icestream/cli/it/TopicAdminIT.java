/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.cli.process.FunctionProcess;
import io.icestream.cli.process.Outcome;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The function that makes topics, from its zip file, with a real broker behind it. */
@ExtendWith(SharedStack.class)
class TopicAdminIT {
  private static final String HANDLER = "io.icestream.producers.topic.TopicAdminHandler";

  @Test
  void makesAndChangesTopicsAndRemovesNone(Stack stack) throws Exception {
    // given
    FunctionProcess function = FunctionProcess.of(stack.servers(), "function-topics", Map.of());

    // when
    Outcome made =
        function.call(HANDLER, event("Create", "declared.one", 2, 3_600_000)).outcome().succeeded();

    // then
    assertThat(made.out()).contains("Topic 'declared.one' created with 2 partitions");
    assertThat(made.out()).contains("\"PhysicalResourceId\":\"topics\"");
    assertThat(partitions(stack, "declared.one")).isEqualTo(2);
    assertThat(retention(stack, "declared.one")).isEqualTo("3600000");

    // when
    Outcome changed =
        function.call(HANDLER, event("Update", "declared.one", 3, 7_200_000)).outcome().succeeded();

    // then
    assertThat(changed.out())
        .contains("has 3 partitions now, 2 before")
        .contains("has {retention.ms=7200000} now");
    assertThat(partitions(stack, "declared.one")).isEqualTo(3);
    assertThat(retention(stack, "declared.one")).isEqualTo("7200000");

    // when
    Outcome other =
        function.call(HANDLER, event("Update", "declared.two", 1, 7_200_000)).outcome().succeeded();
    Outcome deleted =
        function.call(HANDLER, event("Delete", "declared.two", 1, 7_200_000)).outcome().succeeded();

    // then
    assertThat(other.out()).contains("Topic 'declared.two' created");
    assertThat(deleted.out()).contains("Topics stay");
    assertThat(partitions(stack, "declared.one")).isEqualTo(3);
    assertThat(partitions(stack, "declared.two")).isEqualTo(1);
  }

  /** As the CDK's provider hands it over. */
  private static String event(String type, String topic, int partitions, long retentionMillis) {
    return """
    {"RequestType": "%s", "LogicalResourceId": "Topics", "ResourceType": "Custom::Topics",
     "RequestId": "5a2c1c43-92a5-4ccd-9c5e-2ba3f9b3a3a4", "StackId": "arn:aws:cloudformation:...",
     "ResourceProperties": {"ServiceToken": "arn:aws:lambda:...",
       "Topics": "[{\\"name\\":\\"%s\\",\\"partitions\\":%d,\\"config\\":{\\"retention.ms\\":\\"%d\\"}}]"}}
    """
        .formatted(type, topic, partitions, retentionMillis);
  }

  private static int partitions(Stack stack, String topic) throws Exception {
    try (Admin admin = admin(stack)) {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .get(topic)
          .partitions()
          .size();
    }
  }

  private static String retention(Stack stack, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = admin(stack)) {
      return admin
          .describeConfigs(List.of(resource))
          .all()
          .get()
          .get(resource)
          .get("retention.ms")
          .value();
    }
  }

  private static Admin admin(Stack stack) {
    return Admin.create(
        Map.<String, Object>of("bootstrap.servers", stack.environment().bootstrapServers()));
  }
}
