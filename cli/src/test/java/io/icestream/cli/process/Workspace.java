/* SPDX-License-Identifier: MIT */
package io.icestream.cli.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the tests find files and leave files. */
public final class Workspace {

  /** The environment variable that names the folder of real data. */
  private static final String DATA = "ICESTREAM_DATA";

  /** The system property that names the folder of this JVM, among others that run tests. */
  private static final String FOLDER = "icestream.it";

  private Workspace() {}

  /** The source tree. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (Files.notExists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** An example pipeline. */
  public static Path pipeline(String name) {
    return root().resolve("pipelines").resolve(name);
  }

  /** A folder for files of one test class, empty. */
  public static Path emptyFolder(String name) {
    Path folder = Path.of(System.getProperty(FOLDER, "target/it")).toAbsolutePath().resolve(name);
    delete(folder);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Real data, which is no part of the source tree; without it the calling test is skipped. */
  public static Path realData(String name) {
    Path folder =
        Optional.ofNullable(System.getenv(DATA))
            .map(Path::of)
            .orElse(root().resolve("../shared/data").normalize());
    Path file = folder.resolve(name);
    assumeTrue(
        Files.exists(file),
        () -> "No real data at " + file + ": name its folder with the variable " + DATA);
    return file;
  }

  /**
   * A copy of an example pipeline, with its schemas, that reads and writes under other names.
   *
   * @param name the pipeline's file
   * @param folder where the copy goes
   * @param replacements texts of the file and what stands in their place
   */
  public static Path copyOf(String name, Path folder, Map<String, String> replacements) {
    try {
      String text = Files.readString(pipeline(name));
      for (Map.Entry<String, String> each : replacements.entrySet()) {
        if (!text.contains(each.getKey())) {
          throw new IllegalArgumentException(name + " does not contain " + each.getKey());
        }
        text = text.replace(each.getKey(), each.getValue());
      }
      Path schemas = Files.createDirectories(folder.resolve("schemas"));
      try (Stream<Path> files = Files.list(pipeline("schemas"))) {
        for (Path schema : files.toList()) {
          Files.write(schemas.resolve(schema.getFileName()), Files.readAllBytes(schema));
        }
      }
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder with all that it holds, if it is there. */
  public static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
