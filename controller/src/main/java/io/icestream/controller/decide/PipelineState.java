/* SPDX-License-Identifier: MIT */
package io.icestream.controller.decide;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the controller remembers of a pipeline.
 *
 * @param attempt the last start; empty if there was none
 * @param proven the newest release that has run well, to which a failed upgrade goes back
 * @param refused ids of releases that are not started, each with the reason
 * @param failures of the release of the last start
 */
public record PipelineState(
    Optional<Attempt> attempt,
    Optional<Release> proven,
    SortedMap<String, String> refused,
    Failures failures) {
  /** That of a pipeline that was never started. */
  public static final PipelineState NEW =
      new PipelineState(Optional.empty(), Optional.empty(), new TreeMap<>(), Failures.NONE);

  public PipelineState {
    Objects.requireNonNull(attempt, "attempt");
    Objects.requireNonNull(proven, "proven");
    refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
    Objects.requireNonNull(failures, "failures");
  }

  PipelineState with(Attempt next) {
    return new PipelineState(Optional.of(next), proven, refused, failures);
  }

  PipelineState with(Failures next) {
    return new PipelineState(attempt, proven, refused, next);
  }

  /** The release of the last start has run well. */
  PipelineState trusting(Release release) {
    return new PipelineState(attempt, Optional.of(release), refused, Failures.NONE);
  }

  PipelineState refusing(Release release, String reason) {
    SortedMap<String, String> next = new TreeMap<>(refused);
    next.put(release.id(), reason);
    return new PipelineState(attempt, proven, next, failures);
  }

  /** With other refusals: what is no longer wanted is forgotten, so that it can be wanted again. */
  PipelineState refusing(SortedMap<String, String> next) {
    return new PipelineState(attempt, proven, next, failures);
  }

  /** With everything forgotten that keeps a release from being started. */
  public PipelineState forgiven() {
    return new PipelineState(attempt, proven, new TreeMap<>(), Failures.NONE);
  }

  boolean refuses(Release release) {
    return refused.containsKey(release.id());
  }

  /** Whether the release of the last start has yet to show that it runs, and another one has. */
  boolean onTrial() {
    return proven.isPresent() && attempt.isPresent() && !proven.get().is(attempt.get().release());
  }
}
