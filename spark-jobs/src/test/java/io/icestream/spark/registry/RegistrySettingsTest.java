/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrySettingsTest {
  @Test
  void readsEachKey() {
    // given
    var keys =
        Map.of(
            "type", "confluent",
            "url", "https://registry:8081/api/",
            "bearer.token", "t0ken",
            "region", "eu-central-1",
            "timeout-seconds", "3",
            "retries", "0");

    // when
    var settings = RegistrySettings.of(keys).orElseThrow();

    // then
    assertThat(settings)
        .isEqualTo(
            new RegistrySettings(
                RegistrySettings.Type.CONFLUENT,
                "https://registry:8081/api",
                "Bearer t0ken",
                "eu-central-1",
                Duration.ofSeconds(3),
                0));
    assertThat(settings.toString()).doesNotContain("t0ken");
  }

  @Test
  void hasDefaults() {
    assertThat(RegistrySettings.of(Map.of())).isEmpty();
    assertThat(RegistrySettings.of(Map.of("type", "glue")))
        .contains(
            new RegistrySettings(
                RegistrySettings.Type.GLUE, "", "", "", Duration.ofSeconds(10), 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type | kafka | Key 'registry.type' of the environment is 'kafka'. Set it to 'confluent' or 'glue'.",
        "url | registry:8081 | Key 'registry.url' of the environment is 'registry:8081'. Set it to an address such as http://registry:8081.",
        "url | ftp://registry | Key 'registry.url' of the environment is 'ftp://registry'. Set it to an address such as http://registry:8081.",
        "retries | -1 | Key 'registry.retries' of the environment is '-1'. Set it to a whole number from 0.",
        "timeout-seconds | 10s | Key 'registry.timeout-seconds' of the environment is '10s'. Set it to a whole number from 1.",
        "basic.password | x | The environment has 'registry.basic.password' but no 'registry.basic.user'."
      })
  void refusesAWrongValue(String key, String value, String message) {
    // given
    Map<String, String> keys =
        new TreeMap<>(Map.of("type", "confluent", "url", "http://registry:8081"));
    keys.put(key, value);

    // when
    var failure = catchThrowableOfType(PipelineFailure.class, () -> RegistrySettings.of(keys));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(failure).hasMessage(message);
  }

  @Test
  void refusesAnUnknownKey() {
    // given
    var keys = Map.of("type", "glue", "reigon", "eu-central-1");

    // when
    var failure = catchThrowableOfType(PipelineFailure.class, () -> RegistrySettings.of(keys));

    // then
    assertThat(failure)
        .hasMessage(
            "Key 'registry.reigon' is unknown in the environment. Known: registry.basic.password,"
                + " registry.basic.user, registry.bearer.token, registry.region, registry.retries,"
                + " registry.timeout-seconds, registry.type, registry.url.");
  }

  @Test
  void refusesTwoKindsOfCredentials() {
    // given
    var keys = Map.of("type", "glue", "basic.user", "ann", "bearer.token", "t0ken");

    // when
    var failure = catchThrowableOfType(PipelineFailure.class, () -> RegistrySettings.of(keys));

    // then
    assertThat(failure)
        .hasMessage(
            "The environment has both 'registry.basic.user' and 'registry.bearer.token'. Keep one.");
  }
}
