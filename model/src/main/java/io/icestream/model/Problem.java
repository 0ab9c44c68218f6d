/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.Objects;

/**
 * One error in a pipeline file.
 *
 * @param location where in the file; never null
 * @param message what was found, what is allowed, and the remedy; never null
 */
public record Problem(Location location, String message) {
  public Problem {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(message, "message");
  }
}
