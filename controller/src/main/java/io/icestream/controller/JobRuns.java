/* SPDX-License-Identifier: MIT */
package io.icestream.controller;

import io.icestream.controller.decide.Attempt;
import io.icestream.controller.decide.JobRun;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The job runs of the application. A call that fails is thrown, and may be made again. */
public interface JobRuns {
  /** All that are alive, of all pipelines. */
  List<JobRun> alive();

  /** A run by its id, alive or not. Empty if there is none. */
  Optional<JobRun> find(String id);

  /**
   * Starts a run, which is called by the pipeline and the number. The same attempt is the same run,
   * however often it is started.
   */
  Answer start(String pipeline, Attempt attempt);

  /**
   * Asks a run to end. Asking again, or one that has ended, changes nothing.
   *
   * @param grace how long it may take to end its batch
   */
  void cancel(String id, Duration grace);

  /**
   * Stops the application, which has no run that is alive, so that it can be changed.
   *
   * @return whether it is stopped
   */
  boolean stopApplication();

  /** What is said to a start. */
  sealed interface Answer {}

  /**
   * The run is there.
   *
   * @param id its id
   */
  record Started(String id) implements Answer {
    public Started {
      Objects.requireNonNull(id, "id");
    }
  }

  /**
   * The request is wrong, and will be as often as it is made.
   *
   * @param reason as EMR Serverless says
   */
  record Rejected(String reason) implements Answer {
    public Rejected {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
