/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import java.util.Locale;

/** What it takes for a change to reach a pipeline, from nothing to everything. */
public enum Effect {
  /** Nothing happens. */
  NONE,
  /** The pipeline takes it up while it runs. */
  HOT,
  /** The pipeline takes it up when it is started. */
  RESTART,
  /** The pipeline starts with another checkpoint; its tables stay. */
  NEW_CHECKPOINT,
  /** Tables have to be filled again: the rows that are there do not go on with the new ones. */
  REBUILD;

  /** As people read it: {@code new checkpoint}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
