/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsStackTest {
  private static final String TOPIC = "arn:aws:kafka:eu-central-1:111122223333:topic/KAFKA/UUID/";

  @Test
  void handsTheDeclaredTopicsToTheFunction() {
    // when
    Map<?, ?> resource =
        Synthesis.standard().topics().findResources("Custom::Topics").values().iterator().next();

    // then
    assertThat(((Map<?, ?>) resource.get("Properties")).get("Topics").toString())
        .contains(
            "{\"name\":\"iot.readings\",\"partitions\":4,\"config\":{\"retention.ms\":\"604800000\"}}");
  }

  @Test
  void letsTheFunctionMakeTheDeclaredTopicsAndRemoveNone() {
    // given
    Synthesis synthesis = Synthesis.standard();
    Map<?, ?> found =
        synthesis.topics().findResources("AWS::IAM::Policy").entrySet().stream()
            .filter(policy -> policy.getKey().startsWith("RoleDefaultPolicy"))
            .findFirst()
            .orElseThrow()
            .getValue();

    // when
    Policy policy =
        Policy.of(
            (Map<?, ?>) ((Map<?, ?>) found.get("Properties")).get("PolicyDocument"),
            new ResolvedTexts(synthesis.templates()));

    // then
    assertThat(policy.allows("kafka-cluster:CreateTopic", TOPIC + "iot.readings")).isTrue();
    assertThat(policy.allows("kafka-cluster:CreateTopic", TOPIC + "other")).isFalse();
    assertThat(policy.allows("kafka-cluster:DeleteTopic", TOPIC + "iot.readings")).isFalse();
    assertThat(policy.allows("kafka-cluster:WriteData", TOPIC + "iot.readings")).isFalse();
  }

  @Test
  void isThereOnlyForServerless() {
    assertThat(Synthesis.of(Map.of("kafka", "express")).stacks()).doesNotContainKey("topics");
  }

  @Test
  void comesBeforeTheControllerThatStartsJobs() {
    assertThat(Synthesis.standard().stacks().keySet().stream().toList())
        .containsSubsequence("topics", "controller");
  }
}
