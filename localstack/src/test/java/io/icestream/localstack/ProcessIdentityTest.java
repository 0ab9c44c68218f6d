/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

  private Process process;

  @BeforeEach
  void startProcess() throws Exception {
    process = new ProcessBuilder("sleep", "60").start();
  }

  @AfterEach
  void endProcess() {
    process.destroyForcibly();
  }

  @Test
  void findsTheLivingProcess() {
    // given
    ProcessIdentity identity = ProcessIdentity.of(process.toHandle());

    // when, then
    assertThat(identity.alive()).contains(process.toHandle());
  }

  @Test
  void doesNotTakeALaterProcessWithTheSameNumberForIt() {
    // given
    ProcessIdentity found = ProcessIdentity.of(process.toHandle());

    // when
    ProcessIdentity earlier = new ProcessIdentity(found.pid(), found.started().minusSeconds(3_600));

    // then
    assertThat(earlier.alive()).isEmpty();
  }

  @Test
  void doesNotFindAnEndedProcess() throws Exception {
    // given
    ProcessIdentity identity = ProcessIdentity.of(process.toHandle());

    // when
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();

    // then
    assertThat(identity.alive()).isEmpty();
  }
}
