/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.producers.ProducerException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void sendsSafelyAndInBatchesByDefault() {
    // when
    var properties = ProducerSettings.of("127.0.0.1:9092").forProducer();

    // then
    assertThat(properties)
        .containsOnly(
            Map.entry("bootstrap.servers", "127.0.0.1:9092"),
            Map.entry("acks", "all"),
            Map.entry("enable.idempotence", "true"),
            Map.entry("compression.type", "lz4"),
            Map.entry("linger.ms", "20"),
            Map.entry("batch.size", "262144"),
            Map.entry("delivery.timeout.ms", "60000"));
  }

  @Test
  void letsExtraSettingsWin() {
    // given
    var settings =
        new ProducerSettings("h:1", Map.of("compression.type", "zstd", "security.protocol", "SSL"));

    // when
    var properties = settings.forProducer();

    // then
    assertThat(properties)
        .containsEntry("compression.type", "zstd")
        .containsEntry("security.protocol", "SSL");
    assertThat(settings.forAdmin())
        .containsOnly(Map.entry("bootstrap.servers", "h:1"), Map.entry("security.protocol", "SSL"));
  }

  @Test
  void refusesWhatWouldFalsifyTheAccount() {
    assertThatThrownBy(() -> new ProducerSettings("h:1", Map.of("acks", "0")))
        .isInstanceOf(ProducerException.class)
        .hasMessage(
            "Kafka setting 'acks' = '0' cannot be changed: leave it out, the producer sets it itself.");
  }

  @Test
  void asksForBootstrapServers() {
    assertThatThrownBy(() -> ProducerSettings.of(" "))
        .isInstanceOf(ProducerException.class)
        .hasMessage(
            "Bootstrap servers are not set: give 'kafka.bootstrap.servers' in the environment.");
  }

  @Test
  void rejectsTopicsThatKafkaWouldReject() {
    assertThatThrownBy(() -> new TopicSpec("a topic", 1))
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("'a topic'");
    assertThatThrownBy(() -> new TopicSpec("t", 0))
        .isInstanceOf(ProducerException.class)
        .hasMessage("Topic 't' has 0 partitions: give 1 or more.");
  }

  @Test
  void suggestsATopicOfASimilarName() {
    // given
    var names = new TreeSet<>(List.of("iot.readings", "web.logs"));

    // when
    var message = UnknownTopic.message("iot.reading", names, "h:1");

    // then
    assertThat(message)
        .isEqualTo(
            "Topic 'iot.reading' does not exist at h:1; did you mean 'iot.readings'? Existing topics: iot.readings, web.logs."
                + " Create it with --create-topic.");
  }

  @Test
  void saysThatThereAreNoTopics() {
    // when
    var message = UnknownTopic.message("t", new TreeSet<>(), "h:1");

    // then
    assertThat(message)
        .isEqualTo(
            "Topic 't' does not exist at h:1. There are no topics yet. Create it with --create-topic.");
  }
}
