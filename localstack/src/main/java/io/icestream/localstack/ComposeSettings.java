/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The variables of the compose project: those of {@code .env}, of which each may be overridden by
 * one of the process.
 *
 * @param variables all of them
 */
record ComposeSettings(Map<String, String> variables) {

  private static final String PROJECT = "COMPOSE_PROJECT_NAME";

  ComposeSettings {
    variables = Map.copyOf(variables);
  }

  /**
   * @param file {@code .env}
   * @param process the variables of the process
   * @throws StackException if the file cannot be read
   */
  static ComposeSettings read(Path file, Map<String, String> process) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new StackException(
          "Cannot read " + file + " (" + e + "); restore it from version control", e);
    }
    Map<String, String> variables = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      variables.put(name, process.getOrDefault(name, properties.getProperty(name)));
    }
    return new ComposeSettings(variables);
  }

  /** The project's name. */
  String project() {
    return variables.getOrDefault(PROJECT, "icestream");
  }

  /**
   * @throws StackException if the variable is absent or no port
   */
  int port(String variable) {
    String text = variables.getOrDefault(variable, "");
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw noPort(variable, text, e);
    }
    throw noPort(variable, text, null);
  }

  private static StackException noPort(String variable, String text, Exception cause) {
    return new StackException(
        variable + " is '" + text + "'; set it to a port from 1 to 65535", cause);
  }
}
