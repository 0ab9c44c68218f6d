/* SPDX-License-Identifier: MIT */
package io.icestream.controller.decide;

import java.time.Duration;
import java.util.Objects;

/** The one next step of a pipeline. After each but {@link Rest} one looks again. */
public sealed interface Action {
  /**
   * Write down and look again.
   *
   * @param next what is to be remembered
   */
  record Save(PipelineState next) implements Action {
    public Save {
      Objects.requireNonNull(next, "next");
    }
  }

  /**
   * Start a job run, or find the one that was started.
   *
   * @param attempt the intended start, which is written down
   */
  record Start(Attempt attempt) implements Action {
    public Start {
      Objects.requireNonNull(attempt, "attempt");
    }
  }

  /**
   * End a job run.
   *
   * @param run which one
   * @param grace how long it may take to end its batch
   */
  record Cancel(JobRun run, Duration grace) implements Action {
    public Cancel {
      Objects.requireNonNull(run, "run");
      Objects.requireNonNull(grace, "grace");
    }
  }

  /**
   * Nothing to do before something happens.
   *
   * @param status how the pipeline is
   * @param reason for a person to read
   */
  record Rest(Status status, String reason) implements Action {
    public Rest {
      Objects.requireNonNull(status, "status");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** How a pipeline is. */
  enum Status {
    /** What is wanted runs. */
    RUNNING,
    /** On the way there. */
    CHANGING,
    /** Something runs, but not what is wanted: it was refused, or lacks what it needs. */
    BEHIND,
    /** Nothing is to run, and nothing does. */
    STOPPED,
    /** Nothing runs, and nothing will before a person has looked. */
    HALTED
  }
}
