/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KafkaProbeTest {

  private static final short NO_ERROR = 0;
  private static final short UNSUPPORTED_VERSION = 35;

  private final KafkaProbe probe = new KafkaProbe();

  @Test
  void recognisesABroker() throws Exception {
    // given
    try (ScriptedServer server = new ScriptedServer(client -> answer(client, NO_ERROR))) {
      // when
      boolean answers = probe.answers(server.port());

      // then
      assertThat(answers).isTrue();
    }
  }

  @Test
  void doesNotTakeAnErrorForAnAnswer() throws Exception {
    // given
    try (ScriptedServer server =
        new ScriptedServer(client -> answer(client, UNSUPPORTED_VERSION))) {
      // when
      boolean answers = probe.answers(server.port());

      // then
      assertThat(answers).isFalse();
    }
  }

  @Test
  void doesNotTakeAnotherProtocolForKafka() throws Exception {
    // given
    try (ScriptedServer server =
        new ScriptedServer(
            client ->
                client
                    .getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8)))) {
      // when
      boolean answers = probe.answers(server.port());

      // then
      assertThat(answers).isFalse();
    }
  }

  @Test
  void doesNotWaitForEverOnASilentPort() throws Exception {
    // given
    try (ScriptedServer server = new ScriptedServer(KafkaProbeTest::drain)) {
      // when
      boolean answers = probe.answers(server.port());

      // then
      assertThat(answers).isFalse();
    }
  }

  @Test
  void doesNotAnswerWhereNobodyListens() {
    assertThat(probe.answers(Loopback.freePort(Set.of()))).isFalse();
  }

  /** Reads a request as a broker does, field by field, and answers with no API at all. */
  private static void answer(Socket client, short error) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    byte[] request = new byte[in.readInt()];
    in.readFully(request);
    DataInputStream fields = new DataInputStream(new ByteArrayInputStream(request));
    assertThat(fields.readShort()).as("API key").isEqualTo((short) 18);
    assertThat(fields.readShort()).as("API version").isZero();
    int correlationId = fields.readInt();
    byte[] clientId = new byte[fields.readShort()];
    fields.readFully(clientId);
    assertThat(fields.available()).as("bytes after the client id").isZero();
    DataOutputStream out = new DataOutputStream(client.getOutputStream());
    out.writeInt(4 + 2 + 4);
    out.writeInt(correlationId);
    out.writeShort(error);
    out.writeInt(0);
    out.flush();
  }

  private static void drain(Socket client) throws IOException {
    client.getInputStream().readAllBytes();
  }
}
