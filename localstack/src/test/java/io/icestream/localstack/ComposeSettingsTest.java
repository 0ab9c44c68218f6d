/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComposeSettingsTest {

  private static final Path FILE = Path.of(".env");

  @Test
  void hasPortsThatLeaveThoseOfTheEmbeddedStackAlone() {
    // when
    ComposeSettings settings = ComposeSettings.read(FILE, Map.of());

    // then
    assertThat(settings.project()).isEqualTo("icestream");
    assertThat(settings.port("ICESTREAM_KAFKA_PORT"))
        .isNotEqualTo(StackSettings.DEFAULT_KAFKA_PORT);
  }

  @Test
  void prefersTheVariablesOfTheProcess() {
    // when
    ComposeSettings settings =
        ComposeSettings.read(
            FILE, Map.of("COMPOSE_PROJECT_NAME", "mine", "ICESTREAM_KAFKA_PORT", "29092"));

    // then
    assertThat(settings.project()).isEqualTo("mine");
    assertThat(settings.port("ICESTREAM_KAFKA_PORT")).isEqualTo(29_092);
  }

  @Test
  void refusesWhatIsNoPort() {
    // given
    ComposeSettings settings =
        ComposeSettings.read(FILE, Map.of("ICESTREAM_KAFKA_PORT", "0", "ICESTREAM_JOB_PORT", "x"));

    // then
    assertThatThrownBy(() -> settings.port("ICESTREAM_KAFKA_PORT"))
        .hasMessage("ICESTREAM_KAFKA_PORT is '0'; set it to a port from 1 to 65535");
    assertThatThrownBy(() -> settings.port("ICESTREAM_JOB_PORT"))
        .hasMessageContaining("ICESTREAM_JOB_PORT is 'x'");
  }
}
