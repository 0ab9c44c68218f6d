/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.localstack.ServerStatus.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompanionTest {
  private static final List<String> SLEEP = List.of("/bin/sleep", "300");

  @TempDir private Path home;

  private final List<String> progress = new ArrayList<>();

  @AfterEach
  void end() {
    companion().stop(progress::add);
  }

  @Test
  void startsOneProcessAndFindsItAgain() {
    // when
    companion().start(SLEEP, "a=1", progress::add);
    long first = pid();
    companion().start(SLEEP, "a=1", progress::add);

    // then
    assertThat(pid()).isEqualTo(first);
    assertThat(progress)
        .containsExactly(
            "probe started (pid " + first + ")", "probe already runs (pid " + first + ")");
    assertThat(companion().settings()).content().isEqualTo("a=1");
  }

  @Test
  void startsItAgainForOtherSettings() {
    // given
    companion().start(SLEEP, "a=1", progress::add);
    long first = pid();

    // when
    companion().start(SLEEP, "a=2", progress::add);

    // then
    assertThat(pid()).isNotEqualTo(first);
    assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void endsItAndForgetsIt() {
    // given
    companion().start(SLEEP, "", progress::add);
    long pid = pid();

    // when
    companion().stop(progress::add);

    // then
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(companion().status()).isEmpty();
  }

  @Test
  void saysThatItHasDied() throws Exception {
    // given
    companion().start(SLEEP, "", progress::add);
    ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();

    // when
    process.destroyForcibly();
    var unused = process.onExit().get();

    // then
    assertThat(companion().status().orElseThrow().state()).isEqualTo(State.DEAD);
  }

  private Companion companion() {
    return new Companion(home, "probe");
  }

  private long pid() {
    return companion().status().orElseThrow().pid().getAsLong();
  }
}
