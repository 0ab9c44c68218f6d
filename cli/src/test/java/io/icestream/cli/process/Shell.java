/* SPDX-License-Identifier: MIT */
package io.icestream.cli.process;

import java.nio.file.Path;
import java.util.List;

/** Other programs that compute what Icestream should have computed. */
public final class Shell {
  private Shell() {}

  /**
   * The lines that a pipeline of Unix tools prints.
   *
   * @param script what bash runs; the file is {@code $1}
   * @param file what the script reads
   */
  public static List<String> lines(String script, Path file) {
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash", "-c", "set -euo pipefail\n" + script, "bash", file.toAbsolutePath().toString());
    builder.environment().put("LC_ALL", "C");
    return RunningCommand.start(builder, List.of("bash", script))
        .outcome()
        .succeeded()
        .out()
        .lines()
        .toList();
  }
}
