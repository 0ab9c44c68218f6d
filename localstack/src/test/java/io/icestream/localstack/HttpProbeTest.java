/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HttpProbeTest {

  private final HttpProbe probe = new HttpProbe();

  @Test
  void takesARefusalForAnAnswer() throws Exception {
    // given
    byte[] refusal = "HTTP/1.1 403 Forbidden\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    try (ScriptedServer server =
        new ScriptedServer(client -> client.getOutputStream().write(refusal))) {
      // when
      boolean answers = probe.answers(server.port());

      // then
      assertThat(answers).isTrue();
    }
  }

  @Test
  void doesNotAnswerWhereNobodyListens() {
    assertThat(probe.answers(Loopback.freePort(Set.of()))).isFalse();
  }
}
