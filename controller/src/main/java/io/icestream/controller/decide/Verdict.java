/* SPDX-License-Identifier: MIT */
package io.icestream.controller.decide;

import java.util.OptionalInt;

/** What the end of a job says about starting it again. Exit codes are those of the job. */
public enum Verdict {
  /** It may be better next time: restarted with growing pauses, a limited number of times. */
  PERHAPS,
  /** Something that it needs is away: restarted with growing pauses until it is back. */
  LATER,
  /** This release fails each time. */
  NOT_THIS_RELEASE,
  /** No release can go on before a person has looked: records are lost, or the tables disagree. */
  ASK;

  private static final int USAGE = 64;
  private static final int DATA = 65;
  private static final int LOST_RECORDS = 66;
  private static final int UNAVAILABLE = 69;
  private static final int FENCED = 76;
  private static final int CONFIGURATION = 78;

  /**
   * The verdict on a run that has not been asked to end.
   *
   * @param exitCode empty if EMR does not tell
   */
  static Verdict of(OptionalInt exitCode) {
    return switch (exitCode.orElse(1)) {
      case USAGE, DATA, CONFIGURATION -> NOT_THIS_RELEASE;
      case LOST_RECORDS, FENCED -> ASK;
      case UNAVAILABLE -> LATER;
      default -> PERHAPS;
    };
  }
}
