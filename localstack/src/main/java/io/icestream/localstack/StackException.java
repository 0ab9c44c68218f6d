/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

/**
 * A failure that the user can act on. The message names what failed, the value found and the
 * remedy, in the user's words, and is fit to be shown without the stack trace.
 */
public final class StackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what failed, what was found, what to do
   */
  public StackException(String message) {
    super(message);
  }

  /**
   * @param message what failed, what was found, what to do
   * @param cause the failure underneath, for the log
   */
  public StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
