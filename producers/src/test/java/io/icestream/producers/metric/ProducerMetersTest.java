/* SPDX-License-Identifier: MIT */
package io.icestream.producers.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.producers.ProducerException;
import io.icestream.producers.deadletter.DeadLetter;
import io.icestream.producers.function.Variables;
import io.icestream.producers.kafka.SendOutcome.Acknowledged;
import io.icestream.producers.kafka.SendOutcome.Failed;
import io.icestream.producers.kafka.TopicRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProducerMetersTest {

  private final List<String> log = new ArrayList<>();

  @Test
  void tellsInALineOfTheLogWhatWasDoneSinceTheLast() throws Exception {
    // given
    ProducerMeters meters =
        meters(Map.of("ICESTREAM_METRICS", "emf", "AWS_LAMBDA_FUNCTION_NAME", "ingest"));
    TopicRecord record = new TopicRecord("a", null, new byte[1], Map.of());

    // when
    meters
        .measuring(
            records -> List.of(new Acknowledged(0, 0), new Acknowledged(0, 1), new Failed("x")))
        .send(List.of(record, record, record));
    meters
        .counting(letters -> {})
        .keep(List.of(new DeadLetter("http", "here", "a", "why", new byte[0])));
    meters.tell();
    meters.tell();

    // then
    assertThat(log).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(log.get(0));
    assertThat(line.get("producer").asText()).isEqualTo("ingest");
    assertThat(line.get("icestream.producer.records.sent.count").asInt()).isEqualTo(2);
    assertThat(line.get("icestream.producer.records.failed.count").asInt()).isEqualTo(1);
    assertThat(line.get("icestream.producer.dead.letters.count").asInt()).isEqualTo(1);
    assertThat(line.get("icestream.producer.batch.records.value").toString()).isEqualTo("[3.0]");
    assertThat(line.get("icestream.producer.send.seconds.value").get(0).asDouble()).isPositive();
    JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
    assertThat(directive.get("Namespace").asText()).isEqualTo("Icestream");
    assertThat(directive.get("Dimensions").toString()).isEqualTo("[[\"producer\"]]");
    assertThat(directive.get("Metrics").findValuesAsText("Name"))
        .allSatisfy(name -> assertThat(line.has(name)).isTrue())
        .hasSize(5);
    assertThat(directive.get("Metrics").findValuesAsText("Unit"))
        .containsExactly("Count", "Count", "Count", "Count", "Seconds");
    assertThat(line.at("/_aws/Timestamp").asLong()).isPositive();
  }

  @Test
  void tellsAHundredValuesInALineAndEachCountOnce() throws Exception {
    // given
    ProducerMeters meters = meters(Map.of("ICESTREAM_METRICS", "emf"));

    // when
    for (int batch = 1; batch <= 201; batch++) {
      meters.batch(batch, 0, Duration.ofMillis(batch));
    }
    meters.tell();

    // then
    List<Double> values = new ArrayList<>();
    double sent = 0;
    for (String text : log) {
      JsonNode line = new ObjectMapper().readTree(text);
      line.path("icestream.producer.batch.records.value")
          .forEach(value -> values.add(value.asDouble()));
      sent += line.path("icestream.producer.records.sent.count").asDouble();
    }
    assertThat(log).hasSize(3);
    assertThat(values).hasSize(201).doesNotHaveDuplicates();
    assertThat(sent).isEqualTo(201 * 202 / 2);
  }

  @Test
  void tellsNothingUnlessItIsWanted() {
    // given
    ProducerMeters meters = meters(Map.of());

    // when
    meters.measuring(records -> List.of(new Acknowledged(0, 0))).send(List.of());
    meters.tell();

    // then
    assertThat(log).isEmpty();
    assertThatThrownBy(() -> meters(Map.of("ICESTREAM_METRICS", "yes")))
        .isInstanceOf(ProducerException.class)
        .hasMessage("Environment variable ICESTREAM_METRICS is 'yes': give one of none, emf.");
  }

  private ProducerMeters meters(Map<String, String> variables) {
    return ProducerMeters.of(new Variables(variables), log::add);
  }
}
