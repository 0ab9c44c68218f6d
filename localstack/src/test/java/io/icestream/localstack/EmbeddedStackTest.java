/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.localstack.ServerStatus.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStackTest {

  @TempDir private Path directory;

  private final List<String> progress = new ArrayList<>();

  @Test
  void isStoppedBeforeItWasEverStarted() {
    // when
    StackStatus status = EmbeddedStack.status(directory.resolve("absent"));

    // then
    assertThat(status.allRunning()).isFalse();
    assertThat(status.servers()).extracting(ServerStatus::name).containsExactly("kafka", "s3");
    assertThat(status.servers()).extracting(ServerStatus::state).containsOnly(State.STOPPED);
  }

  @Test
  void tellsADeadServerFromAStoppedOne() {
    // given
    StackHome home = home();
    leavePidFileOfEndedProcess(home, ServerKind.S3);

    // when
    StackStatus status = EmbeddedStack.status(directory);

    // then
    assertThat(status.servers())
        .extracting(ServerStatus::state)
        .containsExactly(State.STOPPED, State.DEAD);
  }

  @Test
  void endingCleansUpAfterADeadServerAndLeavesOtherProcessesAlone() {
    // given
    StackHome home = home();
    leavePidFileOfEndedProcess(home, ServerKind.S3);

    // when
    EmbeddedStack.stop(directory, progress::add);

    // then
    assertThat(home.pidFile(ServerKind.S3)).doesNotExist();
    assertThat(progress)
        .containsExactly(
            "Kafka is not running",
            "S3 (pid " + ProcessHandle.current().pid() + ") had died before");
  }

  @Test
  void endingWhatWasNeverStartedChangesNothing() {
    // given
    Path absent = directory.resolve("absent");

    // when
    EmbeddedStack.stop(absent, progress::add);

    // then
    assertThat(absent).doesNotExist();
    assertThat(progress).containsExactly("Nothing was started in " + absent);
  }

  @Test
  void refusesToStartWithoutTheServersLibraries() {
    // given
    Path distribution = directory.resolve("distribution");
    StackSettings settings = new StackSettings(directory, distribution, 0, 0);

    // when, then
    assertThatThrownBy(() -> EmbeddedStack.start(settings, progress::add))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("No libraries for Kafka in " + distribution);
  }

  @Test
  void endsEverythingAndShowsTheLogWhenAServerCannotStart() throws Exception {
    // given
    Path distribution = directory.resolve("distribution");
    Files.createDirectories(distribution.resolve("lib/kafka"));
    Files.createDirectories(distribution.resolve("lib/s3"));
    StackSettings settings = new StackSettings(directory, distribution, 0, 0);

    // when, then
    assertThatThrownBy(() -> EmbeddedStack.start(settings, progress::add))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("ended while starting")
        .hasMessageContaining(directory.resolve("logs").toString())
        .hasMessageContaining("ServerMain");
    assertThat(EmbeddedStack.status(directory).servers())
        .extracting(ServerStatus::state)
        .containsOnly(State.STOPPED);
  }

  @Test
  void refusesToStartWhileAnotherCommandDoes() {
    // given
    StackHome home = home();
    StackSettings settings = new StackSettings(directory, directory, 0, 0);

    // when, then
    StackLock.with(
        home,
        () ->
            assertThatThrownBy(() -> EmbeddedStack.start(settings, progress::add))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Another command is starting or ending the stack"));
  }

  private StackHome home() {
    StackHome home = new StackHome(directory);
    home.create();
    return home;
  }

  /** The number of a living process, this one, with the start time of an earlier one. */
  private static void leavePidFileOfEndedProcess(StackHome home, ServerKind kind) {
    ProcessIdentity ended =
        new ProcessIdentity(ProcessHandle.current().pid(), Instant.parse("2020-01-01T00:00:00Z"));
    new PidFile(ended, 9_000).write(home.pidFile(kind));
  }
}
