/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import io.icestream.localstack.ServerStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A container of the compose project at one moment.
 *
 * @param service its service
 * @param name its name
 * @param state what the engine calls its state, such as {@code running} or {@code exited}
 * @param exitCode how it has ended, if it has
 * @param health what its health check says, {@code starting} or a verdict; empty if it has none
 * @param started when it was started last
 * @param address where it is on loopback; empty if nowhere
 */
record Container(
    String service,
    String name,
    String state,
    int exitCode,
    String health,
    Instant started,
    String address) {

  /** What {@code docker inspect} is asked for: one line, its fields apart by a bar. */
  static final String FORMAT =
      "{{index .Config.Labels \"com.docker.compose.service\"}}|{{.Name}}|{{.State.Status}}"
          + "|{{.State.ExitCode}}|{{with .State.Health}}{{.Status}}{{end}}|{{.State.StartedAt}}"
          + "|{{range .NetworkSettings.Ports}}{{range .}}{{.HostIp}}:{{.HostPort}} {{end}}{{end}}";

  private static final int FIELDS = 7;

  /** Reads a line of that form. */
  static Container of(String line) {
    String[] fields = line.split("\\|", FIELDS);
    return new Container(
        fields[0],
        fields[1].replaceFirst("^/", ""),
        fields[2],
        Integer.parseInt(fields[3]),
        fields[4],
        Instant.parse(fields[5]),
        fields[6].strip());
  }

  boolean isRunning() {
    return state.equals("running");
  }

  /** Whether it does what it is there for: it serves, or has done its work. */
  boolean isWell() {
    return isRunning() ? health.isEmpty() || health.equals("healthy") : isDone();
  }

  /** Whether it has ended as it is meant to. */
  boolean isDone() {
    return state.equals("exited") && exitCode == 0;
  }

  /** Whether it has ended, and nobody will start it again. */
  boolean hasFailed() {
    return (state.equals("exited") && exitCode != 0) || state.equals("dead");
  }

  /** The same, as any other server is told. */
  ServerStatus status() {
    State told =
        isRunning()
            ? (isWell() ? State.RUNNING : State.STARTING)
            : isDone() ? State.STOPPED : State.DEAD;
    return new ServerStatus(
        service,
        told,
        OptionalLong.empty(),
        isRunning() && !address.isEmpty() ? Optional.of(address) : Optional.empty(),
        isRunning() ? Optional.of(Duration.between(started, Instant.now())) : Optional.empty(),
        "docker logs " + name);
  }
}
