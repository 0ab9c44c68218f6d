/* SPDX-License-Identifier: MIT */
package io.icestream.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process has left.
 *
 * @param command its arguments, for messages
 * @param exitCode its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record Outcome(String command, int exitCode, String out, String err) {

  /** This outcome, if the process ended well; otherwise the test fails and shows what it said. */
  public Outcome succeeded() {
    assertThat(exitCode).as("exit code of %s%n%s%n%s", command, out, err).isZero();
    return this;
  }
}
