/* SPDX-License-Identifier: MIT */
package io.icestream.bench;

/** A benchmark that cannot be run, or whose result would be wrong. The message is for the user. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BenchException(String message) {
    super(message);
  }

  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
