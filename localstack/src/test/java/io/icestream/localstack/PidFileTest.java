/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

  @TempDir private Path directory;

  @Test
  void readsBackWhatWasWritten() {
    // given
    Path file = directory.resolve("kafka.pid");
    PidFile written =
        new PidFile(new ProcessIdentity(42, Instant.parse("2026-01-02T03:04:05.670Z")), 9092);

    // when
    written.write(file);

    // then
    assertThat(PidFile.read(file)).contains(written);
  }

  @Test
  void isEmptyWithoutAFile() {
    assertThat(PidFile.read(directory.resolve("kafka.pid"))).isEmpty();
  }

  @Test
  void refusesAFileItDoesNotUnderstandAndNamesIt() throws Exception {
    // given
    Path file = Files.writeString(directory.resolve("kafka.pid"), "1234\n");

    // when, then
    assertThatThrownBy(() -> PidFile.read(file))
        .isInstanceOf(StackException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("delete the file");
  }
}
