/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.localstack.EmbeddedStack;
import io.icestream.spark.environment.Environment;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where a command works: an environment file, or the embedded stack's. */
final class StackEnvironment {

  @Mixin private HomeOption home;

  @Option(
      names = "--environment",
      paramLabel = "FILE",
      description = "An environment file (default: the embedded stack's, written by 'up')")
  private Path file;

  /** The environment file, which need not exist. */
  Path path() {
    return file == null ? EmbeddedStack.environmentFile(home.path()) : file;
  }

  /** The embedded stack's home; empty if a file was named, since that may be anybody's. */
  Optional<Path> stack() {
    return file == null ? Optional.of(home.path()) : Optional.empty();
  }

  Environment read() {
    return Environment.read(path());
  }
}
