/* SPDX-License-Identifier: MIT */
package io.icestream.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.bench.BenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredProcessTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void measuresTheProcessorTimeOfAProgramAndNotOfItsWaiting() {
    String busy = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";

    ProcessCost worked = run("busy", busy);
    ProcessCost waited = run("idle", "sleep 0.5");

    assertThat(worked.cpuSeconds()).isGreaterThan(waited.cpuSeconds());
    assertThat(waited.wall()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
    assertThat(waited.peakBytes()).isPositive();
  }

  @Test
  void keepsWhatAProgramPrintsAndSaysHowItFailed() throws Exception {
    assertThatThrownBy(() -> run("broken", "echo reason; exit 3"))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("exit code 3")
        .hasMessageContaining("broken.out");
    assertThat(Files.readString(folder.resolve("broken.out"))).isEqualTo("reason\n");
  }

  @Test
  void endsAProgramThatIsNotDoneInTime() throws Exception {
    assertThatThrownBy(
            () ->
                new MeasuredProcess("slow", folder)
                    .run(List.of("/bin/sleep", "600"), Duration.ofMillis(300)))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("not done in time");
    long pid = Long.parseLong(Files.readString(folder.resolve("slow.pid")).strip());
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::onExit).map(end -> end.join()))
        .as("alive")
        .satisfiesAnyOf(
            gone -> assertThat(gone).isEmpty(),
            ended -> assertThat(ended.orElseThrow().isAlive()).isFalse());
  }

  private ProcessCost run(String name, String script) {
    return new MeasuredProcess(name, folder).run(List.of("/bin/sh", "-c", script), LIMIT);
  }
}
