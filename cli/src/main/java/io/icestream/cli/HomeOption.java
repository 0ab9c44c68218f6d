/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says where state is kept, shared by all commands that need it. */
final class HomeOption {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "${env:ICESTREAM_HOME:-.icestream}",
      description = "The directory of all state (default: ${DEFAULT-VALUE})")
  private Path home;

  /** The directory, absolute; need not exist. */
  Path path() {
    return home.toAbsolutePath().normalize();
  }
}
