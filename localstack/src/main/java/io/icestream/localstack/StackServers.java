/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.time.Duration;
import java.util.List;

/** Which servers a stack of processes has. */
public enum StackServers {
  /** Kafka, and an S3 endpoint over plain files: what a pipeline needs, and nothing else. */
  EMBEDDED(ServerKind.S3, Duration.ofSeconds(60)),

  /** Kafka, and LocalStack in a virtual environment of Python. */
  LOCALSTACK(ServerKind.LOCALSTACK, Duration.ofMinutes(3));

  private final ServerKind store;
  private final Duration limit;

  StackServers(ServerKind store, Duration limit) {
    this.store = store;
    this.limit = limit;
  }

  /** The one that serves S3. */
  ServerKind store() {
    return store;
  }

  List<ServerKind> kinds() {
    return List.of(ServerKind.KAFKA, store);
  }

  /** How long all of them together may take until they answer. */
  Duration limit() {
    return limit;
  }
}
