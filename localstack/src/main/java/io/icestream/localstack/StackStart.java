/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

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

  private final StackHome home;
  private final StackSettings settings;
  private final StackServers servers;
  private final ServerLaunch launch;
  private final Consumer<String> progress;

  StackStart(StackHome home, StackSettings settings, Consumer<String> progress) {
    this.home = home;
    this.settings = settings;
    this.servers = settings.servers();
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
    Set<Integer> reserved = new HashSet<>(Set.of(settings.kafkaPort()));
    reserved.add(settings.storePort());
    Map<ServerKind, Integer> ports = ports(running, reserved);
    Map<ServerKind, Map<String, String>> configured = configure(ports, reserved);
    List<StartedServer> started = new ArrayList<>();
    try {
      configured.forEach(
          (kind, entries) -> started.add(launch.launch(kind, ports.get(kind), entries)));
      new Readiness(servers.limit(), progress).await(started);
      new Readiness(servers.limit(), answered -> {}).await(List.copyOf(running.values()));
      running.forEach((kind, server) -> ports.put(kind, server.file().port()));
      PropertiesText.write(
          home.environment(),
          EnvironmentFile.ofProcesses(
              home, servers, ports.get(ServerKind.KAFKA), ports.get(servers.store())));
    } catch (RuntimeException e) {
      StackEnd end = new StackEnd(home, progress);
      end.run(started.stream().map(StartedServer::kind).toList());
      throw e;
    }
  }

  private Map<ServerKind, StartedServer> alreadyRunning() {
    Map<ServerKind, StartedServer> running = new EnumMap<>(ServerKind.class);
    for (ServerKind kind : servers.kinds()) {
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

  /** Chooses and checks the ports of what does not run yet. */
  private Map<ServerKind, Integer> ports(
      Map<ServerKind, StartedServer> running, Set<Integer> reserved) {
    Map<ServerKind, Integer> ports = new EnumMap<>(ServerKind.class);
    for (ServerKind kind : servers.kinds()) {
      if (running.containsKey(kind)) {
        continue;
      }
      launch.require(kind);
      int port = settings.port(kind);
      if (port == 0) {
        port = Loopback.freePort(reserved);
        reserved.add(port);
      } else {
        PortCheck.requireFree(kind, port);
      }
      ports.put(kind, port);
    }
    return ports;
  }

  /** Writes down what the servers are told. */
  private Map<ServerKind, Map<String, String>> configure(
      Map<ServerKind, Integer> ports, Set<Integer> reserved) {
    Map<ServerKind, Map<String, String>> configured = new EnumMap<>(ServerKind.class);
    ports.forEach(
        (kind, port) -> {
          Map<String, String> entries = entries(kind, port, reserved);
          PropertiesText.write(home.serverProperties(kind), entries);
          configured.put(kind, entries);
        });
    return configured;
  }

  private Map<String, String> entries(ServerKind kind, int port, Set<Integer> reserved) {
    return switch (kind) {
      case KAFKA -> ServerConfiguration.kafka(home, port, Loopback.freePort(reserved));
      case S3 -> ServerConfiguration.s3(home, port);
      case LOCALSTACK -> ServerConfiguration.localStack(home, port);
    };
  }
}
