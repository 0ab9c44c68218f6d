/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.spark.environment.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where a command works: a stack of this machine, or an environment file. */
final class StackEnvironment {

  @Mixin private HomeOption home;

  @Option(
      names = "--environment",
      paramLabel = "NAME|FILE",
      defaultValue = "embedded",
      description =
          "embedded or localstack, as 'up' has started it, or an environment file; a file of such a"
              + " name wins (default: ${DEFAULT-VALUE})")
  private Path named;

  /** The environment file, which need not exist. */
  Path path() {
    return profile().map(profile -> profile.environmentFile(home.path())).orElse(named);
  }

  /** The stack of this machine that is meant; empty if a file is. */
  Optional<StackProfile> profile() {
    return Files.isRegularFile(named)
        ? Optional.empty()
        : Stream.of(StackProfile.values())
            .filter(profile -> profile.key().equals(named.toString()))
            .findFirst();
  }

  Path home() {
    return home.path();
  }

  Environment read() {
    return Environment.read(path());
  }
}
