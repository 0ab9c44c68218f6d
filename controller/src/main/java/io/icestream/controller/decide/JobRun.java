/* SPDX-License-Identifier: MIT */
package io.icestream.controller.decide;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * A job run as it was seen.
 *
 * @param id given by EMR Serverless
 * @param name of the run
 * @param state where it is
 * @param attempt which one of EMR's own attempts this is, from 1
 * @param exitCode with which the driver ended; empty while it goes on, and where EMR does not tell
 */
public record JobRun(String id, RunName name, RunState state, int attempt, OptionalInt exitCode) {
  public JobRun {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(exitCode, "exitCode");
  }

  boolean alive() {
    return state.alive();
  }
}
