/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

/** Failures in one line. */
final class Causes {
  private Causes() {}

  /** The innermost cause, with the first line of its message. */
  static String describe(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause.toString().lines().findFirst().orElse(cause.getClass().getName());
  }
}
