/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Brings every server of the stack to where it answers. */
final class StackStart {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final StackHome home;
  private final StackSettings settings;
  private final ServerLaunch launch;
  private final Consumer<String> progress;

  StackStart(StackHome home, StackSettings settings, Consumer<String> progress) {
    this.home = home;
    this.settings = settings;
    this.launch = new ServerLaunch(home, settings.distribution());
    this.progress = progress;
  }

  /**
   * Starts what does not run yet, all at once, and waits for everything. What this call started is
   * ended again if any server fails.
   *
   * @throws StackException as {@link EmbeddedStack#start} says
   */
  void run() {
    Map<ServerKind, StartedServer> running = alreadyRunning();
    Map<ServerKind, Integer> ports = ports(running);
    List<StartedServer> started = new ArrayList<>();
    try {
      for (Map.Entry<ServerKind, Integer> missing : ports.entrySet()) {
        started.add(launch.launch(missing.getKey(), missing.getValue()));
      }
      new Readiness(LIMIT, progress).await(started);
      new Readiness(LIMIT, answered -> {}).await(List.copyOf(running.values()));
      running.forEach((kind, server) -> ports.put(kind, server.file().port()));
      EnvironmentFile.write(home, ports.get(ServerKind.KAFKA), ports.get(ServerKind.S3));
    } catch (RuntimeException e) {
      StackEnd end = new StackEnd(home, progress);
      end.run(started.stream().map(StartedServer::kind).toList());
      throw e;
    }
  }

  private Map<ServerKind, StartedServer> alreadyRunning() {
    Map<ServerKind, StartedServer> running = new EnumMap<>(ServerKind.class);
    for (ServerKind kind : ServerKind.values()) {
      Optional<PidFile> file = PidFile.read(home.pidFile(kind));
      if (file.isEmpty()) {
        continue;
      }
      long pid = file.get().process().pid();
      if (file.get().process().alive().isPresent()) {
        int port = file.get().port();
        requireSamePort(kind, port);
        progress.accept(
            kind.title() + " already runs at " + kind.address(port) + " (pid " + pid + ")");
        running.put(kind, new StartedServer(kind, file.get(), LogTail.startingNow(home.log(kind))));
      } else {
        progress.accept(kind.title() + " (pid " + pid + ") has died; starting it again");
      }
    }
    return running;
  }

  /** A running server is kept unless a port other than the default was asked for. */
  private void requireSamePort(ServerKind kind, int running) {
    int asked = settings.port(kind);
    boolean any = asked == 0 || asked == kind.defaultPort();
    if (!any && asked != running) {
      throw new StackException(
          kind.title()
              + " already runs on port "
              + running
              + ", and port "
              + asked
              + " was asked for; end the stack with `icestream down` first");
    }
  }

  /** Chooses and checks the ports of what does not run yet, and writes the servers' properties. */
  private Map<ServerKind, Integer> ports(Map<ServerKind, StartedServer> running) {
    Set<Integer> reserved = new HashSet<>();
    reserved.add(settings.kafkaPort());
    reserved.add(settings.s3Port());
    Map<ServerKind, Integer> ports = new EnumMap<>(ServerKind.class);
    for (ServerKind kind : ServerKind.values()) {
      if (running.containsKey(kind)) {
        continue;
      }
      launch.requireLibraries(kind);
      int port = settings.port(kind);
      if (port == 0) {
        port = Loopback.freePort(reserved);
        reserved.add(port);
      } else {
        PortCheck.requireFree(kind, port);
      }
      ports.put(kind, port);
    }
    ports.forEach(
        (kind, port) ->
            PropertiesText.write(home.serverProperties(kind), properties(kind, port, reserved)));
    return ports;
  }

  private Map<String, String> properties(ServerKind kind, int port, Set<Integer> reserved) {
    return switch (kind) {
      case KAFKA -> ServerConfiguration.kafka(home, port, Loopback.freePort(reserved));
      case S3 -> ServerConfiguration.s3(home, port);
    };
  }
}
