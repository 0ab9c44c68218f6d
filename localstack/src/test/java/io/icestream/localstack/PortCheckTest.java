/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PortCheckTest {

  @Test
  void acceptsAFreePort() {
    // given
    int port = Loopback.freePort(Set.of());

    // when, then
    assertThatCode(() -> PortCheck.requireFree(ServerKind.KAFKA, port)).doesNotThrowAnyException();
  }

  @Test
  void refusesATakenPortAndNamesItsUseAndTheRemedy() throws Exception {
    // given
    try (ServerSocket holder = listening()) {
      int port = holder.getLocalPort();

      // when, then
      assertThatThrownBy(() -> PortCheck.requireFree(ServerKind.S3, port))
          .isInstanceOf(StackException.class)
          .hasMessageStartingWith("Port " + port + " for S3 is taken")
          .hasMessageEndingWith("choose another port with --s3-port N");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void namesTheProcessThatHoldsThePort() throws Exception {
    // given
    try (ServerSocket holder = listening()) {
      // when
      PortHolder found = PortHolder.of(holder.getLocalPort()).orElseThrow();

      // then
      assertThat(found.pid()).isEqualTo(ProcessHandle.current().pid());
      assertThat(found.command()).contains("java");
    }
  }

  private static ServerSocket listening() throws Exception {
    return new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST));
  }
}
