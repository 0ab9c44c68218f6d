/* SPDX-License-Identifier: MIT */
package io.icestream.controller.decide;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A start of a pipeline.
 *
 * @param number which one it is, from 1
 * @param release what it runs
 * @param phase how far it has come
 * @param runId the job run; empty as long as the answer to the start is not known
 * @param at when it was decided
 * @param seenRunning since when which of EMR's attempts has been seen running; empty before
 */
public record Attempt(
    long number,
    Release release,
    Phase phase,
    Optional<String> runId,
    Instant at,
    Optional<Running> seenRunning) {
  public Attempt {
    Objects.requireNonNull(release, "release");
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(seenRunning, "seenRunning");
  }

  static Attempt intended(long number, Release release, Instant now) {
    return new Attempt(number, release, Phase.INTENDED, Optional.empty(), now, Optional.empty());
  }

  Attempt started(String run) {
    return new Attempt(number, release, Phase.STARTED, Optional.of(run), at, Optional.empty());
  }

  Attempt running(Running running) {
    return new Attempt(number, release, phase, runId, at, Optional.of(running));
  }

  Attempt ended() {
    return new Attempt(number, release, Phase.ENDED, runId, at, seenRunning);
  }

  /** How far a start has come. */
  public enum Phase {
    /** Decided and written down; a job run may be there or not. */
    INTENDED,
    /** There is a job run, whose end has not been seen. */
    STARTED,
    /** The job run has ended, or EMR has refused to start it. */
    ENDED
  }

  /**
   * That the driver runs.
   *
   * @param attempt which one of EMR's own attempts
   * @param since when it was first seen
   */
  public record Running(int attempt, Instant since) {
    public Running {
      Objects.requireNonNull(since, "since");
    }
  }
}
