/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

/**
 * A registry did not answer, or not to the question. The records that need it have to wait: nothing
 * is known about their schema.
 */
public final class RegistryUnavailableException extends RuntimeException {
  public RegistryUnavailableException(String message) {
    super(message);
  }

  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
