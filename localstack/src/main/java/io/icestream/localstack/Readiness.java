/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits until servers really answer. */
final class Readiness {

  private static final long PAUSE_MILLIS = 100;

  private final Duration limit;
  private final Consumer<String> progress;

  /**
   * @param limit how long all servers together may take
   * @param progress is told of each server that answers
   */
  Readiness(Duration limit, Consumer<String> progress) {
    this.limit = limit;
    this.progress = progress;
  }

  /**
   * @throws StackException if a server ends, or the time is over; with the end of the server's log
   */
  void await(List<StartedServer> servers) {
    long start = System.nanoTime();
    List<StartedServer> pending = new ArrayList<>(servers);
    while (true) {
      for (Iterator<StartedServer> iterator = pending.iterator(); iterator.hasNext(); ) {
        StartedServer server = iterator.next();
        if (!server.isAlive()) {
          throw failure(server, "ended while starting");
        }
        if (server.answers()) {
          progress.accept(readyLine(server, Duration.ofNanos(System.nanoTime() - start)));
          iterator.remove();
        }
      }
      if (pending.isEmpty()) {
        return;
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        throw failure(pending.get(0), "does not answer after " + limit.toSeconds() + " seconds");
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while the stack was starting", e);
    }
  }

  private static String readyLine(StartedServer server, Duration taken) {
    return String.format(
        Locale.ROOT,
        "%s answers at %s (pid %d) after %.1f s",
        server.kind().title(),
        server.kind().address(server.file().port()),
        server.file().process().pid(),
        taken.toMillis() / 1_000.0);
  }

  private static StackException failure(StartedServer server, String what) {
    return new StackException(
        server.kind().title()
            + " "
            + what
            + ". The end of its log "
            + server.log().file()
            + ":\n"
            + server.log().text());
  }
}
