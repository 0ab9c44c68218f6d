/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

/** A query of the user's is wrong; the message is Spark's. */
final class QueryException extends RuntimeException {
  QueryException(String message, Throwable cause) {
    super(message, cause);
  }
}
