/* SPDX-License-Identifier: MIT */
package io.icestream.producers.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.producers.ProducerException;
import io.icestream.producers.topic.TopicChange.AddPartitions;
import io.icestream.producers.topic.TopicChange.Configure;
import io.icestream.producers.topic.TopicChange.Create;
import io.icestream.producers.topic.TopicChange.KeepPartitions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicChangeTest {
  private static final DeclaredTopic TOPIC =
      new DeclaredTopic("iot", 4, new TreeMap<>(Map.of("retention.ms", "1000")));

  @Test
  void makesATopicThatIsNotThere() {
    assertThat(TopicChange.of(List.of(TOPIC), Map.of())).containsExactly(new Create(TOPIC));
  }

  @Test
  void leavesATopicThatIsAsDeclared() {
    assertThat(changes(4, Map.of("retention.ms", "1000", "cleanup.policy", "delete"))).isEmpty();
  }

  @Test
  void addsPartitionsAndSetsWhatIsDifferent() {
    assertThat(changes(2, Map.of("retention.ms", "5", "cleanup.policy", "delete")))
        .containsExactly(
            new AddPartitions("iot", 2, 4),
            new Configure("iot", new TreeMap<>(Map.of("retention.ms", "1000"))));
  }

  @Test
  void keepsPartitionsThatAreNotDeclared() {
    assertThat(changes(8, Map.of("retention.ms", "1000")))
        .containsExactly(new KeepPartitions("iot", 4, 8));
  }

  @Test
  void doesNothingToATopicThatNobodyDeclares() {
    assertThat(TopicChange.of(List.of(), Map.of("other", new FoundTopic(1, Map.of())))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[{}]",
        "[{\"name\": \"a\"}]",
        "[{\"name\": \"a\", \"partitions\": 0}]",
        "x"
      })
  void refusesADeclarationThatIsNone(String json) {
    assertThatThrownBy(() -> DeclaredTopic.list(json))
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("declared topic");
  }

  private static List<TopicChange> changes(int partitions, Map<String, String> config) {
    return TopicChange.of(List.of(TOPIC), Map.of("iot", new FoundTopic(partitions, config)));
  }
}
