/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Ends the servers that are written down, and nothing else. */
final class StackEnd {

  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
  private static final long LOOK_AGAIN_MILLIS = 100;

  private final StackHome home;
  private final Consumer<String> progress;

  StackEnd(StackHome home, Consumer<String> progress) {
    this.home = home;
    this.progress = progress;
  }

  /**
   * Asks all servers at once to end, and kills those that have not done so in 15 seconds.
   *
   * @throws StackException if a process survives even that
   */
  void run(List<ServerKind> kinds) {
    Map<ServerKind, ProcessIdentity> asked = new EnumMap<>(ServerKind.class);
    for (ServerKind kind : kinds) {
      Optional<PidFile> file = PidFile.read(home.pidFile(kind));
      if (file.isEmpty()) {
        progress.accept(kind.title() + " is not running");
        continue;
      }
      ProcessIdentity process = file.get().process();
      Optional<ProcessHandle> alive = process.alive();
      if (alive.isPresent()) {
        alive.get().destroy();
        asked.put(kind, process);
      } else {
        PidFile.delete(home.pidFile(kind));
        progress.accept(kind.title() + " (pid " + process.pid() + ") had died before");
      }
    }
    long start = System.nanoTime();
    asked.forEach((kind, process) -> end(kind, process, start));
  }

  private void end(ServerKind kind, ProcessIdentity process, long start) {
    Duration rest = GRACE.minusNanos(System.nanoTime() - start);
    boolean ended = hasEnded(process, rest);
    if (!ended) {
      process.alive().ifPresent(ProcessHandle::destroyForcibly);
      if (!hasEnded(process, KILL_LIMIT)) {
        throw new StackException(
            kind.title() + " (pid " + process.pid() + ") does not end; end it by hand");
      }
    }
    PidFile.delete(home.pidFile(kind));
    progress.accept(
        kind.title()
            + " (pid "
            + process.pid()
            + ") "
            + (ended ? "ended" : "was killed after " + GRACE.toSeconds() + " seconds"));
  }

  /** Whether a process has ended, which is waited for as long as the limit says. */
  static boolean hasEnded(ProcessIdentity process, Duration limit) {
    long start = System.nanoTime();
    Optional<ProcessHandle> alive = process.alive();
    while (alive.isPresent()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        return false;
      }
      awaitExit(alive.get());
      alive = process.alive();
    }
    return true;
  }

  private static void awaitExit(ProcessHandle process) {
    try {
      process.onExit().get(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Alive, or defunct without anybody noticing: the caller looks again
    } catch (ExecutionException e) {
      throw new StackException("Cannot watch process " + process.pid() + " (" + e + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while the stack was ending", e);
    }
  }
}
