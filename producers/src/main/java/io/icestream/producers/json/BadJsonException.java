/* SPDX-License-Identifier: MIT */
package io.icestream.producers.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** Bytes that are not what they should be. The message says where and why. */
public final class BadJsonException extends Exception {

  private static final long serialVersionUID = 1L;

  BadJsonException(String message) {
    super(message);
  }

  /** What a parser says, with the place. */
  public static BadJsonException of(JsonProcessingException cause) {
    JsonLocation at = cause.getLocation();
    String place =
        at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    return new BadJsonException("Malformed JSON at " + place + cause.getOriginalMessage());
  }
}
