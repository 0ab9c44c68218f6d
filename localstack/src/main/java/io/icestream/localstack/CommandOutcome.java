/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.util.List;

/**
 * How a program has ended.
 *
 * @param exitCode 0 for success; 127 if there is no such program, as shells have it
 * @param output the lines of its standard output
 */
record CommandOutcome(int exitCode, List<String> output) {

  static final CommandOutcome NOT_FOUND = new CommandOutcome(127, List.of());

  CommandOutcome {
    output = List.copyOf(output);
  }

  boolean succeeded() {
    return exitCode == 0;
  }

  /** The first line, without blanks around it; empty if there is none. */
  String line() {
    return output.isEmpty() ? "" : output.get(0).strip();
  }
}
