/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.localstack.StackException;
import java.nio.file.Path;

/** The directory tree that this command was started from. */
final class Distribution {

  /** The system property that holds the tree's path; set by the launcher. */
  static final String PROPERTY = "icestream.distribution";

  private Distribution() {}

  /**
   * The directory above {@code lib}, absolute.
   *
   * @throws StackException if the launcher did not name it
   */
  static Path path() {
    String path = System.getProperty(PROPERTY);
    if (path == null) {
      throw new StackException(
          "The system property "
              + PROPERTY
              + " is not set, so the servers' libraries cannot be found; start through ./icestream");
    }
    return Path.of(path).toAbsolutePath();
  }
}
