/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A server process written down, so that a later command finds it again.
 *
 * @param process the process
 * @param port the port it was told to listen on
 */
record PidFile(ProcessIdentity process, int port) {

  /**
   * @return empty if there is no file
   * @throws StackException if the file is there and says something else
   */
  static Optional<PidFile> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
      return Optional.of(
          new PidFile(
              new ProcessIdentity(
                  Long.parseLong(properties.getProperty("pid", "")),
                  Instant.parse(properties.getProperty("started", ""))),
              Integer.parseInt(properties.getProperty("port", ""))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | NumberFormatException | DateTimeParseException e) {
      throw new StackException(
          "Cannot read the pid file "
              + file
              + " ("
              + e.getMessage()
              + "); end the server by hand if it runs, then delete the file",
          e);
    }
  }

  /**
   * @throws StackException if the file cannot be written
   */
  void write(Path file) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("pid", Long.toString(process.pid()));
    entries.put("started", process.started().toString());
    entries.put("port", Integer.toString(port));
    PropertiesText.write(file, entries);
  }

  /**
   * Does nothing if there is no file.
   *
   * @throws StackException if the file cannot be deleted
   */
  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StackException("Cannot delete " + file + " (" + e + "); delete it by hand", e);
    }
  }
}
