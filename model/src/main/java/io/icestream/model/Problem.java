/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.Objects;
import java.util.Optional;

/**
 * One error in a pipeline file.
 *
 * @param location where in the file; never null
 * @param message what was found, what is allowed, and the remedy; never null
 * @param place where in the SQL that starts at the location; empty if the error is about all of it,
 *     or about no SQL. {@link SqlPlaces} turns it into a location
 */
public record Problem(Location location, String message, Optional<SqlPlace> place) {
  public Problem {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(place, "place");
  }

  public Problem(Location location, String message) {
    this(location, message, Optional.empty());
  }
}
