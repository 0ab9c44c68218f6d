/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.faults.oracle.Violation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With shells in the place of drivers. */
class SupervisorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void startsADriverAgainThatHasGivenUpOnAFault() throws Exception {
    try (Supervisor supervisor = supervisor("exit 69")) {
      // given
      Driver driver = supervisor.start();
      var unused = driver.awaitEnd(PATIENCE);

      // when
      supervisor.look();

      // then
      assertThat(supervisor.current()).isNotSameAs(driver);
      assertThat(supervisor.restarts()).isOne();
      assertThat(supervisor.violations()).isEmpty();
    }
  }

  @Test
  void noticesADriverThatEndsInAnotherWay() throws Exception {
    try (Supervisor supervisor = supervisor("exit 70")) {
      // given
      var unused = supervisor.start().awaitEnd(PATIENCE);

      // when
      supervisor.look();

      // then
      assertThat(supervisor.violations())
          .extracting(Violation::toString)
          .containsExactly("EXIT: driver-1, by itself, ended with exit code 70");
    }
  }

  @Test
  void givesUpOnDriversThatEndAgainAndAgain() throws Exception {
    try (Supervisor supervisor = supervisor("exit 69")) {
      // given
      var unused = supervisor.start();

      // when
      for (int i = 0; i < 20; i++) {
        var ignored = supervisor.current().awaitEnd(PATIENCE);
        supervisor.look();
      }

      // then
      assertThat(supervisor.hasGivenUp()).isTrue();
      assertThat(supervisor.restarts()).isLessThan(20);
    }
  }

  @Test
  void expectsADriverToEndWellWhenItIsTold() throws Exception {
    try (Supervisor supervisor = supervisor("exec sleep 60")) {
      // given
      var unused = supervisor.start();

      // when
      supervisor.stop();

      // then
      assertThat(supervisor.violations())
          .extracting(Violation::toString)
          .containsExactly("EXIT: driver-1, told to stop, ended with exit code 143");
    }
  }

  @Test
  void acceptsAnOlderDriverThatEndsAsFenced() throws Exception {
    assertThat(besideANewerOne("exit 76")).isEmpty();
  }

  @Test
  void noticesAnOlderDriverThatEndsInAnotherWay() throws Exception {
    assertThat(besideANewerOne("exit 0"))
        .containsExactly("EXIT: driver-1, beside a newer driver, ended with exit code 0");
  }

  @Test
  void noticesAnOlderDriverThatRunsOn() throws Exception {
    assertThat(besideANewerOne("exec sleep 60"))
        .containsExactly("EXIT: driver-1 and driver-2 both run on: none was fenced");
  }

  /** What is wrong if the first driver does something beside another one that runs on. */
  private List<String> besideANewerOne(String first) throws Exception {
    Path taken = folder.resolve("taken");
    String script = "if mkdir '" + taken + "'; then " + first + "; else exec sleep 60; fi";
    try (Supervisor supervisor =
        new Supervisor(List.of("sh", "-c", script), folder, Duration.ofSeconds(2))) {
      Driver older = supervisor.start();
      Awaitility.await().until(() -> Files.isDirectory(taken));
      Driver newer = supervisor.start();
      supervisor.awaitFenced(older);
      assertThat(supervisor.current()).isSameAs(newer);
      return supervisor.violations().stream().map(Violation::toString).toList();
    }
  }

  private Supervisor supervisor(String script) {
    return new Supervisor(List.of("sh", "-c", script), folder, PATIENCE);
  }
}
