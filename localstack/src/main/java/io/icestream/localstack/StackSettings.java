/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What a stack of processes is started with.
 *
 * @param home the directory of all state, kept absolute; created when absent
 * @param distribution the directory that holds {@code lib/kafka} and {@code lib/s3}, kept absolute
 * @param servers which servers it has
 * @param kafkaPort the broker's port on loopback; 0 picks a free one
 * @param storePort the port on loopback of the server that has S3; 0 picks a free one
 */
public record StackSettings(
    Path home, Path distribution, StackServers servers, int kafkaPort, int storePort) {

  /** The broker's port unless another is asked for. */
  public static final int DEFAULT_KAFKA_PORT = 9092;

  /** The S3 endpoint's port unless another is asked for. */
  public static final int DEFAULT_S3_PORT = 9000;

  /** LocalStack's port unless another is asked for. */
  public static final int DEFAULT_LOCALSTACK_PORT = 4566;

  private static final int HIGHEST_PORT = 65_535;

  /**
   * @throws StackException if a port is outside 0 to 65535, or both are the same
   */
  public StackSettings {
    home = Objects.requireNonNull(home, "home").toAbsolutePath().normalize();
    distribution = Objects.requireNonNull(distribution, "distribution").toAbsolutePath();
    requireInRange(ServerKind.KAFKA, kafkaPort);
    requireInRange(servers.store(), storePort);
    if (kafkaPort == storePort && kafkaPort != 0) {
      throw new StackException(
          "Port "
              + kafkaPort
              + " is given to both servers; choose another with "
              + ServerKind.KAFKA.portOption()
              + " or "
              + servers.store().portOption());
    }
  }

  /** Settings of the embedded stack. */
  public StackSettings(Path home, Path distribution, int kafkaPort, int s3Port) {
    this(home, distribution, StackServers.EMBEDDED, kafkaPort, s3Port);
  }

  /** Settings of the embedded stack with both default ports. */
  public static StackSettings withDefaultPorts(Path home, Path distribution) {
    return new StackSettings(home, distribution, DEFAULT_KAFKA_PORT, DEFAULT_S3_PORT);
  }

  int port(ServerKind kind) {
    return kind == ServerKind.KAFKA ? kafkaPort : storePort;
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
