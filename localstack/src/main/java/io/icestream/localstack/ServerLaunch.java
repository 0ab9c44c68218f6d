/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
   * @throws StackException if something is missing that the server needs
   */
  void require(ServerKind kind) {
    kind.program(home, distribution).require();
  }

  /**
   * @param port the port that the server's settings name
   * @param settings what {@link ServerConfiguration} says of it, which is in its file already
   * @return the process, alive a moment ago; it need not answer yet
   * @throws StackException if no process could be started
   */
  StartedServer launch(ServerKind kind, int port, Map<String, String> settings) {
    Path log = home.log(kind);
    LogTail tail = LogTail.startingNow(log);
    ServerProgram program = kind.program(home, distribution);
    ProcessBuilder builder =
        new ProcessBuilder(command(program))
            .directory(home.run().toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true);
    builder.environment().putAll(program.variables(settings));
    try {
      ProcessIdentity process = ProcessIdentity.of(builder.start().toHandle());
      PidFile file = new PidFile(process, port);
      file.write(home.pidFile(kind));
      return new StartedServer(kind, file, tail);
    } catch (IOException e) {
      throw new StackException("Cannot start " + kind.title() + ": " + e.getMessage(), e);
    }
  }

  /** What a command line begins with that is to outlive this process. */
  static List<String> detached() {
    return List.of("/bin/sh", "-c", DETACHED, "icestream");
  }

  private static List<String> command(ServerProgram program) {
    List<String> command = new ArrayList<>(detached());
    command.addAll(program.command());
    return command;
  }
}
