/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a server's process and writes it down. */
final class ServerLaunch {

  /**
   * The server outlives the command that starts it: Ctrl-C and a closed terminal, which reach all
   * processes started from it, are ignored. A JVM leaves signals alone that were ignored before it.
   */
  private static final String DETACHED = "trap '' INT HUP; exec \"$@\"";

  private final StackHome home;
  private final Path distribution;

  ServerLaunch(StackHome home, Path distribution) {
    this.home = home;
    this.distribution = distribution;
  }

  /**
   * @throws StackException if the server's libraries are missing
   */
  void requireLibraries(ServerKind kind) {
    if (!Files.isDirectory(libraries(kind))) {
      throw new StackException(
          "No libraries for "
              + kind.title()
              + " in "
              + libraries(kind)
              + "; build the distribution with ./mvnw -DskipTests package");
    }
  }

  /**
   * @param port the port that the server's properties name
   * @return the process, alive a moment ago; it need not answer yet
   * @throws StackException if no process could be started
   */
  StartedServer launch(ServerKind kind, int port) {
    Path log = home.log(kind);
    LogTail tail = LogTail.startingNow(log);
    ProcessBuilder builder =
        new ProcessBuilder(command(kind))
            .directory(home.run().toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true);
    try {
      ProcessIdentity process = ProcessIdentity.of(builder.start().toHandle());
      PidFile file = new PidFile(process, port);
      file.write(home.pidFile(kind));
      return new StartedServer(kind, file, tail);
    } catch (IOException e) {
      throw new StackException("Cannot start " + kind.title() + ": " + e.getMessage(), e);
    }
  }

  private List<String> command(ServerKind kind) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DETACHED, "icestream"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + kind.heap());
    command.add("-XX:+UseSerialGC");
    command.add("-Djava.awt.headless=true");
    command.add("-cp");
    command.add(libraries(kind).resolve("*").toString());
    command.add(kind.mainClass());
    command.add(home.serverProperties(kind).toString());
    return command;
  }

  private Path libraries(ServerKind kind) {
    return distribution.resolve("lib").resolve(kind.key());
  }
}
