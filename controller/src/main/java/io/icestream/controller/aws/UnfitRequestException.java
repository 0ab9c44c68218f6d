/* SPDX-License-Identifier: MIT */
package io.icestream.controller.aws;

/** A start request that is not one. The message is for a person. */
final class UnfitRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfitRequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
