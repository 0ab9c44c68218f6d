/* SPDX-License-Identifier: MIT */
package io.icestream.localstack.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;

/** Runs one combined broker and controller in this JVM until the process is asked to end. */
public final class KafkaServerMain {

  private KafkaServerMain() {}

  /**
   * Formats the log directory on its first use, then serves until SIGTERM, on which the broker
   * closes its logs and leaves.
   *
   * @param arguments one path: the broker's properties, with {@code log.dirs} naming exactly one
   *     directory
   * @throws IOException if the properties cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("Expected one argument, the path of server.properties");
      System.exit(2);
    }
    Path properties = Path.of(arguments[0]);
    new LogDirectory(logDirectory(properties), properties).formatOnFirstUse();
    Kafka.main(new String[] {properties.toString()});
  }

  private static Path logDirectory(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    String directory = properties.getProperty("log.dirs");
    if (directory == null) {
      throw new IllegalArgumentException("No log.dirs in " + file + ": name one directory");
    }
    return Path.of(directory);
  }
}
