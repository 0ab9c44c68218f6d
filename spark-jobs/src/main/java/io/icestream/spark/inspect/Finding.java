/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.model.Location;
import io.icestream.model.Problem;
import java.util.Objects;

/**
 * Something that is to be said about a pipeline file.
 *
 * @param severity whether the file can be run as it is
 * @param location where in the file
 * @param message what was found, and the remedy
 */
public record Finding(Severity severity, Location location, String message) {
  public Finding {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(message, "message");
  }

  /** How bad it is. */
  public enum Severity {
    /** The pipeline does not start. */
    ERROR,
    /** Something could not be checked; the pipeline may well be right. */
    NOTE
  }

  /** A problem as an error. */
  public static Finding error(Problem problem) {
    return new Finding(Severity.ERROR, problem.location(), problem.message());
  }

  static Finding note(Location location, String message) {
    return new Finding(Severity.NOTE, location, message);
  }
}
