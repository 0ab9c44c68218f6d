/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import io.icestream.faults.oracle.Violation;
import io.icestream.faults.oracle.Violation.Rule;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Keeps one driver running, as something would in production: one that ends because a fault has
 * lasted too long is started again. Any other end that nobody asked for is a violation, and it is
 * started again too, to see what the tables come to.
 */
final class Supervisor implements AutoCloseable {
  private static final int MOST_RESTARTS = 5;

  private final List<String> command;
  private final Path logs;
  private final Duration patience;
  private final List<Driver> drivers = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();
  private Driver current;
  private int restarts;

  /**
   * @param command the command line of drivers
   * @param logs a folder that takes what they print
   * @param patience how long a driver may take to end
   */
  Supervisor(List<String> command, Path logs, Duration patience) {
    this.command = List.copyOf(command);
    this.logs = logs;
    this.patience = patience;
  }

  /** Starts a driver, whatever becomes of the one before; it is the current one from now on. */
  Driver start() {
    String name = "driver-" + (drivers.size() + 1);
    current = Driver.start(name, command, logs.resolve(name + ".log"));
    drivers.add(current);
    return current;
  }

  Driver current() {
    return current;
  }

  /** How often a driver was started again that had ended by itself. */
  int restarts() {
    return restarts;
  }

  /** What drivers have done that they must not. */
  List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** Whether it has given up: drivers end again and again. */
  boolean hasGivenUp() {
    return restarts > MOST_RESTARTS;
  }

  /** Starts the current driver again if it has ended. */
  void look() {
    OptionalInt exit = current.exitCode();
    if (exit.isEmpty() || hasGivenUp()) {
      return;
    }
    if (exit.getAsInt() != Kind.UNAVAILABLE.exitCode()) {
      unexpected(current, "by itself", exit);
    }
    restarts++;
    if (!hasGivenUp()) {
      start();
    }
  }

  /** Kills the current driver; returns when it is gone. */
  void kill() throws InterruptedException {
    current.send(Signal.KILL);
    var unused = current.awaitEnd(patience);
  }

  /** Tells the current driver to stop, and waits until it has, well. */
  void stop() throws InterruptedException {
    if (!current.isAlive()) {
      look();
    }
    current.stop();
    OptionalInt exit = current.awaitEnd(patience);
    if (exit.isEmpty()) {
      current.send(Signal.QUIT);
    }
    if (exit.isEmpty() || exit.getAsInt() != 0) {
      unexpected(current, "told to stop", exit);
    }
    current.close();
  }

  /**
   * Waits until a driver has given way to the current one, which is newer.
   *
   * @param older the one that has to end as fenced
   */
  void awaitFenced(Driver older) throws InterruptedException {
    Driver newer = current;
    Instant until = Instant.now().plus(patience);
    while (older.isAlive() && newer.isAlive() && Instant.now().isBefore(until)) {
      var unused = older.awaitEnd(Duration.ofMillis(200));
    }
    if (!newer.isAlive()) {
      unexpected(newer, "which is newer than " + older.name(), newer.exitCode());
      current = older;
    } else if (older.isAlive()) {
      violations.add(
          new Violation(
              Rule.EXIT,
              "",
              older.name() + " and " + newer.name() + " both run on: none was fenced"));
      older.close();
    } else if (older.exitCode().getAsInt() != Kind.FENCED.exitCode()) {
      unexpected(older, "beside a newer driver", older.exitCode());
    }
  }

  /** Makes the current driver print what its threads do. */
  void dump() {
    if (current.isAlive()) {
      current.send(Signal.QUIT);
    }
  }

  @Override
  public void close() {
    drivers.forEach(Driver::close);
  }

  private void unexpected(Driver driver, String when, OptionalInt exit) {
    String how =
        exit.isPresent()
            ? "ended with exit code " + exit.getAsInt()
            : "did not end in " + patience.toSeconds() + " s";
    violations.add(new Violation(Rule.EXIT, "", driver.name() + ", " + when + ", " + how));
  }
}
