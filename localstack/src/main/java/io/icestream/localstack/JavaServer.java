/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A server of the distribution: a class path of its own and a main class that takes the path of its
 * settings.
 *
 * @param title the server's name in sentences
 * @param libraries the folder of its jars
 * @param mainClass its main class
 * @param heap the largest heap, as {@code -Xmx} takes it
 * @param settings the file of its settings
 */
record JavaServer(String title, Path libraries, String mainClass, String heap, Path settings)
    implements ServerProgram {

  @Override
  public void require() {
    if (!Files.isDirectory(libraries)) {
      throw new StackException(
          "No libraries for "
              + title
              + " in "
              + libraries
              + "; build the distribution with ./mvnw -DskipTests package");
    }
  }

  @Override
  public List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + heap,
        "-XX:+UseSerialGC",
        "-Djava.awt.headless=true",
        "-cp",
        libraries.resolve("*").toString(),
        mainClass,
        settings.toString());
  }

  @Override
  public Map<String, String> variables(Map<String, String> entries) {
    return Map.of();
  }
}
