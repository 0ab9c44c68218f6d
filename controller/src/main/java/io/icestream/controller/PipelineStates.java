/* SPDX-License-Identifier: MIT */
package io.icestream.controller;

import io.icestream.controller.decide.PipelineState;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What is remembered of pipelines, changed by one at a time. */
public interface PipelineStates {
  /** The pipelines of which something is remembered. */
  Set<String> pipelines();

  /** What is remembered of a pipeline. */
  Stored read(String pipeline);

  /**
   * Writes what is to be remembered, unless somebody else has written since it was read.
   *
   * @param before as it was read
   * @return as it is now; empty if somebody else has written
   */
  Optional<Stored> write(String pipeline, Stored before, PipelineState next);

  /** Whether all jobs are to stand still. */
  boolean held();

  /** Lets all jobs stand still, or go on. */
  void hold(boolean held);

  /**
   * What is remembered, and which version of it this is.
   *
   * @param state what is remembered
   * @param version empty if nothing was written yet
   */
  record Stored(PipelineState state, Optional<String> version) {
    public Stored {
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(version, "version");
    }
  }
}
