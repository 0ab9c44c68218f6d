/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StackSettingsTest {

  private static final Path HOME = Path.of("home");
  private static final Path DISTRIBUTION = Path.of("distribution");

  @Test
  void hasKafkasAndTheObjectStoresUsualPortsByDefault() {
    // when
    StackSettings settings = StackSettings.withDefaultPorts(HOME, DISTRIBUTION);

    // then
    assertThat(settings.kafkaPort()).isEqualTo(9092);
    assertThat(settings.storePort()).isEqualTo(9000);
  }

  @Test
  void makesPathsAbsolute() {
    // when
    StackSettings settings = StackSettings.withDefaultPorts(HOME, DISTRIBUTION);

    // then
    assertThat(settings.home()).isEqualTo(HOME.toAbsolutePath());
    assertThat(settings.distribution()).isEqualTo(DISTRIBUTION.toAbsolutePath());
  }

  @Test
  void acceptsAnyFreePortForBoth() {
    assertThatCode(() -> new StackSettings(HOME, DISTRIBUTION, 0, 0)).doesNotThrowAnyException();
  }

  @Test
  void refusesOnePortForBoth() {
    assertThatThrownBy(() -> new StackSettings(HOME, DISTRIBUTION, 9092, 9092))
        .isInstanceOf(StackException.class)
        .hasMessage(
            "Port 9092 is given to both servers; choose another with --kafka-port or --s3-port");
  }

  @Test
  void refusesANumberThatIsNoPort() {
    assertThatThrownBy(() -> new StackSettings(HOME, DISTRIBUTION, 70_000, 9000))
        .isInstanceOf(StackException.class)
        .hasMessage(
            "Port 70000 for Kafka is out of range; give --kafka-port a number from 1 to 65535,"
                + " or 0 for any free port");
  }
}
