/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import io.icestream.localstack.ServerStatus.State;
import java.nio.file.Path;
import java.util.List;

/**
 * The stack at one moment.
 *
 * @param home the directory of all state, absolute
 * @param servers every server, running or not, in a fixed order
 */
public record StackStatus(Path home, List<ServerStatus> servers) {

  /** Copies the list. */
  public StackStatus {
    servers = List.copyOf(servers);
  }

  static StackStatus of(StackHome home, StackServers servers) {
    return new StackStatus(
        home.root(), servers.kinds().stream().map(kind -> ServerStatus.of(kind, home)).toList());
  }

  /** Whether no server is stopped or dead. */
  public boolean allRunning() {
    return servers.stream().allMatch(server -> server.state() == State.RUNNING);
  }
}
