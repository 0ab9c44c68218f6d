/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

/** A record that its topic does not take. The message says why, without the record's content. */
public final class UnfitRecordException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnfitRecordException(String message) {
    super(message);
  }

  UnfitRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
