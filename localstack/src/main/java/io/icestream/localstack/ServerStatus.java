/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One server of the stack at one moment.
 *
 * @param name such as {@code kafka} or {@code s3}
 * @param state whether its process is there
 * @param pid the process; of the process that was, if it is dead; empty if stopped
 * @param address where clients find it, {@code host:port} or a URL; empty unless running
 * @param uptime how long it has been running; empty unless running
 * @param log where its log is: a file, which exists once it has been started, or the command that
 *     shows it
 */
public record ServerStatus(
    String name,
    State state,
    OptionalLong pid,
    Optional<String> address,
    Optional<Duration> uptime,
    String log) {

  /** Whether a server's process is there. */
  public enum State {
    /** Started and alive. */
    RUNNING,
    /** Alive, and does not serve yet, or no more: a container alone tells. */
    STARTING,
    /** Not started, or ended in order. */
    STOPPED,
    /** Started and gone without having been ended in order. */
    DEAD
  }

  static ServerStatus of(ServerKind kind, StackHome home) {
    Optional<PidFile> file = PidFile.read(home.pidFile(kind));
    if (file.isEmpty()) {
      return new ServerStatus(
          kind.key(),
          State.STOPPED,
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          home.log(kind).toString());
    }
    ProcessIdentity process = file.get().process();
    boolean alive = process.alive().isPresent();
    return new ServerStatus(
        kind.key(),
        alive ? State.RUNNING : State.DEAD,
        OptionalLong.of(process.pid()),
        alive ? Optional.of(kind.address(file.get().port())) : Optional.empty(),
        alive ? Optional.of(process.age()) : Optional.empty(),
        home.log(kind).toString());
  }
}
