/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What of a container engine is on this machine. */
sealed interface ContainerEngine {

  /** Where the engine listens unless DOCKER_HOST says otherwise. */
  Path SOCKET = Path.of("/var/run/docker.sock");

  /**
   * It answers, and so does a Compose.
   *
   * @param compose the command of Compose: {@code docker compose} or {@code docker-compose}
   */
  record Ready(List<String> compose) implements ContainerEngine {}

  /**
   * It cannot be used.
   *
   * @param reason a clause that says why
   * @param remedy a sentence that says what to do to use it
   */
  record Unusable(String reason, String remedy) implements ContainerEngine {}

  /**
   * Looks.
   *
   * @param socket where the engine listens
   */
  static ContainerEngine find(CommandRunner runner, Path socket) {
    Duration limit = Duration.ofSeconds(30);
    CommandOutcome version =
        runner.run(
            List.of("docker", "version", "--format", "{{.Server.Version}}"), limit, line -> {});
    if (version.exitCode() == CommandOutcome.NOT_FOUND.exitCode()) {
      return new Unusable(
          "there is no command 'docker'",
          "Install an engine (Debian: apt install docker.io docker-compose).");
    }
    if (!version.succeeded()) {
      return Files.exists(socket) && !Files.isWritable(socket)
          ? new Unusable(
              "the engine's socket " + socket + " may not be written by this user",
              "Join its group: sudo usermod -aG docker $USER, then log in anew.")
          : new Unusable(
              "no engine answers to 'docker version'",
              "Start it (systemctl start docker), or point DOCKER_HOST at one.");
    }
    for (List<String> compose : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
      if (runner.run(with(compose, "version"), limit, line -> {}).succeeded()) {
        return new Ready(compose);
      }
    }
    return new Unusable(
        "engine " + version.line() + " runs, and there is no Compose",
        "Install it (Debian: apt install docker-compose; others: the Compose plugin of docker).");
  }

  private static List<String> with(List<String> command, String argument) {
    return Stream.concat(command.stream(), Stream.of(argument)).toList();
  }
}
