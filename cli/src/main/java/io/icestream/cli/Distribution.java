/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.localstack.StackException;
import java.nio.file.Path;

/** The directory tree that this command was started from. */
final class Distribution {

  /** The system property that holds the tree's path; set by the launcher. */
  static final String PROPERTY = "icestream.distribution";

  /** The system property that holds the path of the example pipelines; set by the launcher. */
  static final String EXAMPLES = "icestream.examples";

  /** The system property that holds the path of the source tree; set by the launcher. */
  static final String SOURCES = "icestream.sources";

  private Distribution() {}

  /**
   * The directory above {@code lib}, absolute.
   *
   * @throws StackException if the launcher did not name it
   */
  static Path path() {
    return named(PROPERTY, "the servers' libraries cannot be found");
  }

  /**
   * The folder of the example pipelines, absolute.
   *
   * @throws StackException if the launcher did not name it
   */
  static Path examples() {
    return named(EXAMPLES, "the example pipelines cannot be found");
  }

  /**
   * The source tree, absolute.
   *
   * @throws StackException if the launcher did not name it
   */
  static Path sources() {
    return named(SOURCES, "what is built on demand cannot be built");
  }

  private static Path named(String property, String consequence) {
    String path = System.getProperty(property);
    if (path == null) {
      throw new StackException(
          "The system property "
              + property
              + " is not set, so "
              + consequence
              + "; start through ./icestream");
    }
    return Path.of(path).toAbsolutePath();
  }
}
