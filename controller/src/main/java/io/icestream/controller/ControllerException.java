/* SPDX-License-Identifier: MIT */
package io.icestream.controller;

/** Something that a person can mend, told in the message. */
public final class ControllerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the thing, what was found, what was expected and the remedy
   * @param cause why; null if there is none
   */
  public ControllerException(String message, Throwable cause) {
    super(message, cause);
  }
}
