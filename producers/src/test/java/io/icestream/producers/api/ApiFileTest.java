/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import io.icestream.producers.ProducerException;
import io.icestream.producers.api.ApiDefinition.Cursor;
import io.icestream.producers.api.ApiDefinition.Limits;
import io.icestream.producers.api.ApiDefinition.Records;
import io.icestream.producers.api.ApiDefinition.Request;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiFileTest {

  @Test
  void readsEveryKey() {
    assertThat(
            ApiFile.read(
                "a.yaml",
                """
                version: 1
                name: weather
                topic: weather.readings
                url: https://api.example.com/v1/readings
                headers: { X-Key: "${env:KEY}" }
                query: { limit: 100 }
                records: /data
                key: /id
                cursor: { from: /next, parameter: after }
                pages: 50
                interval: 1m
                timeout: 10s
                attempts: 3
                backoff: 500ms
                """))
        .isEqualTo(
            new ApiDefinition(
                "weather",
                "weather.readings",
                URI.create("https://api.example.com/v1/readings"),
                new Request(Map.of("X-Key", "${env:KEY}"), Map.of("limit", "100")),
                new Records(JsonPointer.compile("/data"), Optional.of(JsonPointer.compile("/id"))),
                Optional.of(new Cursor(JsonPointer.compile("/next"), Optional.of("after"))),
                new Limits(
                    50, Duration.ofMinutes(1), Duration.ofSeconds(10), 3, Duration.ofMillis(500))));
  }

  @Test
  void hasDefaults() {
    assertThat(ApiFile.read("a.yaml", "{name: a, topic: t, url: 'http://localhost/x'}"))
        .isEqualTo(
            new ApiDefinition(
                "a",
                "t",
                URI.create("http://localhost/x"),
                new Request(Map.of(), Map.of()),
                new Records(JsonPointer.empty(), Optional.empty()),
                Optional.empty(),
                new Limits(
                    100, Duration.ofMinutes(5), Duration.ofSeconds(30), 5, Duration.ofSeconds(1))));
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                ApiFile.read(
                    "a.yaml",
                    """
                    name: Weather
                    url: ftp://example.com
                    headers: none
                    cursor: { parameter: after, form: /next }
                    pages: 0
                    interval: soon
                    """))
        .isInstanceOf(ProducerException.class)
        .hasMessageStartingWith("a.yaml is wrong:")
        .hasMessageContaining("line 1: 'name' is 'Weather', expected")
        .hasMessageContaining("line 1: key 'topic' is missing")
        .hasMessageContaining("line 2: 'url' is 'ftp://example.com', expected")
        .hasMessageContaining("line 3: 'headers' is 'no mapping', expected keys with values")
        .hasMessageContaining("line 4: key 'cursor.form' is unknown; known are from, parameter")
        .hasMessageContaining("line 4: key 'cursor.from' is missing")
        .hasMessageContaining("line 5: 'pages' is '0', expected 1 to 100000")
        .hasMessageContaining("line 6: 'interval' is 'soon', expected");
  }

  @Test
  void saysWhatIsNoYaml() {
    assertThatThrownBy(() -> ApiFile.read("a.yaml", "name: [a"))
        .isInstanceOf(ProducerException.class)
        .hasMessageStartingWith("a.yaml is not YAML");
    assertThatThrownBy(() -> ApiFile.read("a.yaml", "- a"))
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("a.yaml is not a mapping");
  }
}
