/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A Kafka broker and an S3 endpoint as background processes on this machine. They outlive the
 * process that starts them; their state is in the home directory and survives a restart.
 */
public final class EmbeddedStack {

  private EmbeddedStack() {}

  /**
   * Starts the servers that are not running yet, returns when all of them answer, and writes {@link
   * #environmentFile}. A running server is kept, on the port that it has.
   *
   * @param progress is given one sentence per step, for people
   * @return the stack, with every server running
   * @throws StackException if a port is taken, a library is missing, another command is starting or
   *     ending the stack, a running server has another port than the one asked for, or a server
   *     ends or does not answer within 60 seconds; whatever this call started has ended then
   */
  public static StackStatus start(StackSettings settings, Consumer<String> progress) {
    StackHome home = new StackHome(settings.home());
    home.create();
    StackLock.with(home, () -> new StackStart(home, settings, progress).run());
    return StackStatus.of(home, settings.servers());
  }

  /**
   * Ends the servers that {@link #start} started, and nothing else: first by request, after 15
   * seconds by force. Data, logs and the environment file stay. Does nothing if none runs.
   *
   * @param home the directory of all state; may be absent
   * @param progress is given one sentence per step, for people
   * @throws StackException if another command is starting or ending the stack, or a process cannot
   *     be ended
   */
  public static void stop(Path home, Consumer<String> progress) {
    StackHome stack = new StackHome(home);
    if (!Files.isDirectory(stack.run())) {
      progress.accept("Nothing was started in " + stack.root());
      return;
    }
    StackLock.with(stack, () -> new StackEnd(stack, progress).run(StackServers.EMBEDDED.kinds()));
  }

  /**
   * @param home the directory of all state; may be absent, in which case every server is stopped
   * @throws StackException if a pid file cannot be understood
   */
  public static StackStatus status(Path home) {
    return StackStatus.of(new StackHome(home), StackServers.EMBEDDED);
  }

  /**
   * The file that tells where the servers are. It stays when they end; it is absent until they have
   * first been started.
   */
  public static Path environmentFile(Path home) {
    return new StackHome(home).environment();
  }
}
