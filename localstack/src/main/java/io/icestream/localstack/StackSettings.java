/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What the embedded stack is started with.
 *
 * @param home the directory of all state, kept absolute; created when absent
 * @param distribution the directory that holds {@code lib/kafka} and {@code lib/s3}, kept absolute
 * @param kafkaPort the broker's port on loopback; 0 picks a free one
 * @param s3Port the S3 endpoint's port on loopback; 0 picks a free one
 */
public record StackSettings(Path home, Path distribution, int kafkaPort, int s3Port) {

  /** The broker's port unless another is asked for. */
  public static final int DEFAULT_KAFKA_PORT = 9092;

  /** The S3 endpoint's port unless another is asked for. */
  public static final int DEFAULT_S3_PORT = 9000;

  private static final int HIGHEST_PORT = 65_535;

  /**
   * @throws StackException if a port is outside 0 to 65535, or both are the same
   */
  public StackSettings {
    home = Objects.requireNonNull(home, "home").toAbsolutePath().normalize();
    distribution = Objects.requireNonNull(distribution, "distribution").toAbsolutePath();
    requireInRange(ServerKind.KAFKA, kafkaPort);
    requireInRange(ServerKind.S3, s3Port);
    if (kafkaPort == s3Port && kafkaPort != 0) {
      throw new StackException(
          "Port "
              + kafkaPort
              + " is given to both servers; choose another with "
              + ServerKind.KAFKA.portOption()
              + " or "
              + ServerKind.S3.portOption());
    }
  }

  /** Settings with both default ports. */
  public static StackSettings withDefaultPorts(Path home, Path distribution) {
    return new StackSettings(home, distribution, DEFAULT_KAFKA_PORT, DEFAULT_S3_PORT);
  }

  int port(ServerKind kind) {
    return switch (kind) {
      case KAFKA -> kafkaPort;
      case S3 -> s3Port;
    };
  }

  private static void requireInRange(ServerKind kind, int port) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new StackException(
          "Port "
              + port
              + " for "
              + kind.title()
              + " is out of range; give "
              + kind.portOption()
              + " a number from 1 to "
              + HIGHEST_PORT
              + ", or 0 for any free port");
    }
  }
}
