/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class StackEnvironmentTest {

  @TempDir private Path directory;

  @Test
  void isTheEmbeddedStackUnlessAnotherIsNamed() {
    // when
    StackEnvironment environment = parse("--home", directory.toString());

    // then
    assertThat(environment.path()).isEqualTo(directory.resolve("environment.properties"));
    assertThat(environment.profile()).contains(StackProfile.EMBEDDED);
  }

  @Test
  void knowsLocalStackByItsName() {
    // when
    StackEnvironment environment =
        parse("--home", directory.toString(), "--environment", "localstack");

    // then: 'localstack' is a folder of the source tree, too, and no environment file
    assertThat(environment.path())
        .isEqualTo(directory.resolve("localstack/environment.properties"));
    assertThat(environment.profile()).contains(StackProfile.LOCALSTACK);
  }

  @Test
  void takesAFile() throws IOException {
    // given
    Path file = Files.createFile(directory.resolve("mine.properties"));

    // when
    StackEnvironment environment = parse("--environment", file.toString());

    // then
    assertThat(environment.path()).isEqualTo(file);
    assertThat(environment.profile()).isEmpty();
  }

  @Test
  void prefersAFileOfAStacksName() throws IOException {
    // given
    Path file = Files.createFile(Path.of("localstack"));
    try {

      // when
      StackEnvironment environment = parse("--environment", "localstack");

      // then
      assertThat(environment.path()).isEqualTo(file);
      assertThat(environment.profile()).isEmpty();
    } finally {
      Files.delete(file);
    }
  }

  private static StackEnvironment parse(String... arguments) {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(arguments);
    return holder.environment;
  }

  /** A command that has these options. */
  @Command
  private static final class Holder {
    @Mixin private StackEnvironment environment;
  }
}
