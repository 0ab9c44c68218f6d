/* SPDX-License-Identifier: MIT */
package io.icestream.controller.decide;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How often in a row a release has failed.
 *
 * @param count how often
 * @param notBefore when it may be started again; empty: at once
 */
public record Failures(int count, Optional<Instant> notBefore) {
  /** None. */
  public static final Failures NONE = new Failures(0, Optional.empty());

  public Failures {
    Objects.requireNonNull(notBefore, "notBefore");
  }

  Failures another(Instant now, Limits limits) {
    int next = count + 1;
    return new Failures(next, Optional.of(now.plus(limits.pause(next))));
  }
}
