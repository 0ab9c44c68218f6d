/* SPDX-License-Identifier: MIT */
package io.icestream.producers;

/**
 * A failure that the user can act on. The message is one or two sentences that name the thing, the
 * value found and the remedy; it is shown as it is, without a stack trace.
 */
public final class ProducerException extends RuntimeException {

  /**
   * @param message the thing, the value and the remedy, in the user's words
   */
  public ProducerException(String message) {
    super(message);
  }

  /**
   * @param message the thing, the value and the remedy, in the user's words
   * @param cause what was thrown below, null if there is none
   */
  public ProducerException(String message, Throwable cause) {
    super(message, cause);
  }
}
