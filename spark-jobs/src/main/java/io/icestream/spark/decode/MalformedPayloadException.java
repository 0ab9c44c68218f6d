/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.io.IOException;

/** The bytes are not of the encoding. Thrown through libraries, so it is an IOException. */
final class MalformedPayloadException extends IOException {
  MalformedPayloadException(String message) {
    super(message);
  }

  /** Bad records can be many. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
