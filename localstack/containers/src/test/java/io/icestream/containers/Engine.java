/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import java.net.URI;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/** What this machine offers the tests. */
final class Engine {

  /** The environment variable that names a LocalStack that runs already. */
  static final String ENDPOINT = "LOCALSTACK_ENDPOINT";

  private Engine() {}

  /** The LocalStack to use; empty if the tests start one. */
  static Optional<URI> givenLocalStack() {
    return Optional.ofNullable(System.getenv(ENDPOINT)).filter(s -> !s.isBlank()).map(URI::create);
  }

  /** Whether containers can be started. */
  static boolean isThere() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /** Why tests that need containers are skipped, and what helps. */
  static String remedy() {
    return "No container engine answers. Start Docker, or localstack/images/engine start on a"
        + " machine that has none; or name a LocalStack that runs with "
        + ENDPOINT;
  }
}
