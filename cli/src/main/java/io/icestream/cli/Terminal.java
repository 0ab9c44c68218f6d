/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

/** Whether a person is watching: then progress is one line that changes. */
final class Terminal {

  /** The system property that says whether standard error is a terminal; set by the launcher. */
  private static final String PROPERTY = "icestream.terminal";

  private Terminal() {}

  static boolean isPresent() {
    return Boolean.getBoolean(PROPERTY);
  }
}
