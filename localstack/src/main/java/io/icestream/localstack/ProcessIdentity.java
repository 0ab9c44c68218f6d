/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param pid the process id
 * @param started when the process started
 */
record ProcessIdentity(long pid, Instant started) {

  /** The kernel derives start times from a clock that may be adjusted between two readings. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /**
   * @throws StackException if the process has ended already, or the platform tells no start times
   */
  static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(
        process.pid(),
        process
            .info()
            .startInstant()
            .orElseThrow(
                () ->
                    new StackException(
                        "Process " + process.pid() + " ended as soon as it was started")));
  }

  /** The process while it is alive; empty once it has ended, whoever has the number now. */
  Optional<ProcessHandle> alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(this::isTheSame)
        .filter(process -> !isDefunct());
  }

  /** The time since the start, in whole seconds; never negative. */
  Duration age() {
    Duration age = Duration.between(started, Instant.now()).truncatedTo(ChronoUnit.SECONDS);
    return age.isNegative() ? Duration.ZERO : age;
  }

  private boolean isTheSame(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .map(found -> Duration.between(started, found).abs().compareTo(TOLERANCE) <= 0)
        .orElse(false);
  }

  /**
   * Whether the process has ended and waits for its parent to notice. In a container whose first
   * process adopts orphans and never asks about them, it waits for ever.
   */
  private boolean isDefunct() {
    try {
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false;
    }
  }
}
