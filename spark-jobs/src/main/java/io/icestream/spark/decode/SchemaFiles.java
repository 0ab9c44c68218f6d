/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Reads the files that a pipeline file names; what is wrong with one is said in a sentence. */
final class SchemaFiles {
  private final Function<String, Path> resolve;

  SchemaFiles(Function<String, Path> resolve) {
    this.resolve = resolve;
  }

  Path path(String file) {
    return resolve.apply(file);
  }

  String text(String file) {
    try {
      return Files.readString(path(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  byte[] bytes(String file) {
    try {
      return Files.readAllBytes(path(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private IllegalArgumentException unreadable(String file, IOException cause) {
    return new IllegalArgumentException(
        "Schema file '"
            + file
            + "' cannot be read ("
            + path(file)
            + "). Create it, or correct 'schema'.",
        cause);
  }

  /**
   * @param cause says what is wrong, as the end of a sentence
   */
  static IllegalArgumentException wrong(String file, IllegalArgumentException cause) {
    String what = file.isEmpty() ? "Its format" : "Schema " + file;
    return new IllegalArgumentException(what + " " + cause.getMessage() + ".", cause);
  }
}
