/* SPDX-License-Identifier: MIT */
package io.icestream.controller.decide;

/** Where a job run is, as EMR Serverless says. */
public enum RunState {
  SUBMITTED,
  PENDING,
  SCHEDULED,
  QUEUED,
  RUNNING,
  SUCCESS,
  FAILED,
  CANCELLING,
  CANCELLED,
  /** One that this code does not know yet. It is taken for one that goes on. */
  UNKNOWN;

  /** Whether the run may still do something, or be about to. */
  public boolean alive() {
    return switch (this) {
      case SUCCESS, FAILED, CANCELLED -> false;
      case SUBMITTED, PENDING, SCHEDULED, QUEUED, RUNNING, CANCELLING, UNKNOWN -> true;
    };
  }
}
