/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.producers.ProducerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConnectTest {

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void saysThatNoBrokerAnswersAndWhatToDo() throws IOException {
    // given
    String servers = "127.0.0.1:" + closedPort();

    // then
    assertThatThrownBy(() -> TopicProducer.connect(ProducerSettings.of(servers)))
        .isInstanceOf(ProducerException.class)
        .hasMessage(
            "No Kafka broker answers at "
                + servers
                + ". Start the embedded stack with './icestream up', or correct 'kafka.bootstrap.servers' in"
                + " the environment.");
  }

  @Test
  void saysThatAServerHasNoPort() {
    assertThatThrownBy(() -> TopicProducer.connect(ProducerSettings.of("localhost")))
        .isInstanceOf(ProducerException.class)
        .hasMessageStartingWith("Kafka client for localhost cannot be built: ")
        .hasMessageEndingWith(". Check the settings 'kafka.*' of the environment.");
  }

  @Test
  void saysThatASettingIsNotValid() {
    assertThatThrownBy(
            () ->
                TopicProducer.connect(
                    new ProducerSettings("127.0.0.1:1", Map.of("security.protocol", "TELEPATHY"))))
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("TELEPATHY");
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
