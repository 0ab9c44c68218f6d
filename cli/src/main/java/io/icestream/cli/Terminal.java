/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

/** Whether a person is watching: then progress is one line that changes. */
final class Terminal {

  /** The system property that says whether standard error is a terminal; set by the launcher. */
  private static final String PROPERTY = "icestream.terminal";

  private static final String OUTPUT = "icestream.terminal.output";

  private Terminal() {}

  /** Whether standard output is one. */
  static boolean isOutput() {
    return Boolean.getBoolean(OUTPUT);
  }

  static boolean isPresent() {
    return Boolean.getBoolean(PROPERTY);
  }
}
