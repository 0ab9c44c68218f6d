/* SPDX-License-Identifier: MIT */
package io.icestream.controller.decide;

import io.icestream.controller.decide.Action.Cancel;
import io.icestream.controller.decide.Action.Rest;
import io.icestream.controller.decide.Action.Save;
import io.icestream.controller.decide.Action.Start;
import io.icestream.controller.decide.Action.Status;
import io.icestream.controller.decide.Attempt.Phase;
import io.icestream.controller.decide.Attempt.Running;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides the next step of a pipeline. A start is written down as intended before it is made, and
 * nothing is intended before the end of the run before has been seen: so at most one run is alive,
 * whoever decides and however often.
 *
 * @param limits how long is waited, and how often tried
 */
public record Decision(Limits limits) {
  /** The next step. */
  public Action of(PipelineState state, Observation seen) {
    SortedMap<String, String> refused = stillOfInterest(state, seen);
    if (!refused.equals(state.refused())) {
      return new Save(state.refusing(refused));
    }
    Optional<Attempt> attempt = state.attempt();
    if (attempt.isPresent() && attempt.get().phase() == Phase.INTENDED) {
      return resolved(state, attempt.get(), seen);
    }
    Optional<String> current =
        attempt.filter(a -> a.phase() == Phase.STARTED).flatMap(Attempt::runId);
    Optional<JobRun> stray =
        seen.runs().stream()
            .filter(JobRun::alive)
            .filter(run -> !current.equals(Optional.of(run.id())))
            .findFirst();
    if (stray.isPresent()) {
      return ending(stray.get(), "A job run that is not the pipeline's own");
    }
    if (current.isPresent()) {
      Optional<JobRun> run = seen.run(current.get());
      if (run.isPresent() && run.get().alive()) {
        return going(state, attempt.get(), run.get(), seen);
      }
      // EMR may need a moment to know a run that it has just started
      if (run.isEmpty() && seen.now().isBefore(attempt.get().at().plus(limits.patience()))) {
        return new Rest(Status.CHANGING, "Job run " + current.get() + " is not to be seen yet");
      }
      return new Save(ended(state, attempt.get(), run, seen));
    }
    return idle(state, seen);
  }

  /** What is remembered once a start has been answered. */
  public static PipelineState started(PipelineState state, String runId) {
    return state.with(state.attempt().orElseThrow().started(runId));
  }

  /**
   * What is remembered once EMR has refused a start for good.
   *
   * @param reason as EMR says
   */
  public static PipelineState rejected(PipelineState state, String reason) {
    Attempt attempt = state.attempt().orElseThrow();
    return state.with(attempt.ended()).refusing(attempt.release(), reason);
  }

  /** Refusals of releases that are neither wanted, gone back to nor tried last are forgotten. */
  private static SortedMap<String, String> stillOfInterest(PipelineState state, Observation seen) {
    if (seen.wanted().isEmpty()) {
      return state.refused();
    }
    Set<String> ids =
        Stream.of(seen.wanted(), state.proven(), state.attempt().map(Attempt::release))
            .flatMap(Optional::stream)
            .map(Release::id)
            .collect(Collectors.toSet());
    SortedMap<String, String> kept = new TreeMap<>(state.refused());
    kept.keySet().retainAll(ids);
    return kept;
  }

  /** Nobody knows yet whether the start was made: its number finds the run, or makes it. */
  private static Action resolved(PipelineState state, Attempt attempt, Observation seen) {
    return seen.numbered(attempt.number())
        .<Action>map(run -> new Save(started(state, run.id())))
        .orElseGet(() -> new Start(attempt));
  }

  private Action going(PipelineState state, Attempt attempt, JobRun run, Observation seen) {
    Optional<Release> target = target(state, seen);
    if (target.isEmpty() || !target.get().is(attempt.release())) {
      return ending(run, target.isEmpty() ? "No job is to run" : "Another release is to run");
    }
    if (run.state() == RunState.CANCELLING) {
      return new Rest(Status.CHANGING, "Job run " + run.id() + " is ending");
    }
    if (run.state() == RunState.RUNNING) {
      return running(state, attempt, run, seen);
    }
    if (state.onTrial() && seen.now().isAfter(attempt.at().plus(limits.patience()))) {
      return new Save(
          state.refusing(
              attempt.release(),
              "Job run " + run.id() + " was still " + run.state() + " after " + limits.patience()));
    }
    return new Rest(Status.CHANGING, "Job run " + run.id() + " is " + run.state());
  }

  private Action running(PipelineState state, Attempt attempt, JobRun run, Observation seen) {
    Optional<Running> since = attempt.seenRunning().filter(r -> r.attempt() == run.attempt());
    if (since.isEmpty()) {
      return new Save(state.with(attempt.running(new Running(run.attempt(), seen.now()))));
    }
    boolean trusted = state.proven().filter(attempt.release()::is).isPresent();
    boolean steady = !seen.now().isBefore(since.get().since().plus(limits.trial()));
    if (steady && (!trusted || state.failures().count() > 0)) {
      return new Save(state.trusting(attempt.release()));
    }
    Optional<String> behind = behind(state, attempt.release(), seen);
    if (behind.isPresent()) {
      return new Rest(Status.BEHIND, behind.get());
    }
    return new Rest(
        trusted ? Status.RUNNING : Status.CHANGING,
        "Job run "
            + run.id()
            + " has been seen running since "
            + since.get().since()
            + (trusted ? "" : ", and is on trial"));
  }

  private Action ending(JobRun run, String reason) {
    return run.state() == RunState.CANCELLING
        ? new Rest(Status.CHANGING, reason + ": job run " + run.id() + " is ending")
        : new Cancel(run, limits.grace());
  }

  private Action idle(PipelineState state, Observation seen) {
    if (seen.wanted().isEmpty()) {
      return new Rest(Status.STOPPED, "No job is to run");
    }
    Optional<Release> target = target(state, seen);
    if (target.isEmpty()) {
      return new Rest(Status.HALTED, reasons(state, seen));
    }
    boolean again = state.attempt().filter(a -> a.release().is(target.get())).isPresent();
    Failures failures = again ? state.failures() : Failures.NONE;
    if (failures.notBefore().filter(seen.now()::isBefore).isPresent()) {
      return new Rest(
          Status.CHANGING,
          "Failed "
              + failures.count()
              + " times in a row; started again at "
              + failures.notBefore().get());
    }
    long number = state.attempt().map(Attempt::number).orElse(0L) + 1;
    return new Save(state.with(failures).with(Attempt.intended(number, target.get(), seen.now())));
  }

  /** What is to run: what is wanted, else what has run well. Empty: nothing. */
  private static Optional<Release> target(PipelineState state, Observation seen) {
    if (seen.wanted().isEmpty()) {
      return Optional.empty();
    }
    Optional<Release> running = state.attempt().map(Attempt::release);
    Optional<Release> wanted =
        seen.obstacles().isEmpty() || running.filter(seen.wanted().get()::is).isPresent()
            ? seen.wanted()
            : Optional.empty();
    // What cannot be replaced yet goes on, trusted or not
    Optional<Release> kept = wanted.isPresent() ? Optional.empty() : running;
    return Stream.of(wanted, kept, state.proven())
        .flatMap(Optional::stream)
        .filter(release -> !state.refuses(release))
        .findFirst();
  }

  private PipelineState ended(
      PipelineState state, Attempt attempt, Optional<JobRun> run, Observation seen) {
    PipelineState closed = state.with(attempt.ended());
    Release release = attempt.release();
    boolean replaced = target(state, seen).filter(release::is).isEmpty();
    // Ended because somebody asked for it, or forgotten by EMR
    if (run.isEmpty() || run.get().state() == RunState.CANCELLED || replaced) {
      return closed;
    }
    String end =
        "Job run "
            + run.get().id()
            + " ended as "
            + run.get().state()
            + (run.get().exitCode().isPresent()
                ? " with exit code " + run.get().exitCode().getAsInt()
                : " without an exit code");
    Failures failures = state.failures().another(seen.now(), limits);
    boolean often = failures.count() >= limits.attempts();
    return switch (Verdict.of(run.get().exitCode())) {
      case ASK ->
          state
              .proven()
              .map(proven -> closed.refusing(proven, end))
              .orElse(closed)
              .refusing(release, end);
      case NOT_THIS_RELEASE -> closed.refusing(release, end);
      case PERHAPS ->
          state.onTrial() || often ? closed.refusing(release, end) : closed.with(failures);
      case LATER ->
          state.onTrial() && often ? closed.refusing(release, end) : closed.with(failures);
    };
  }

  private static Optional<String> behind(PipelineState state, Release running, Observation seen) {
    return seen.wanted().filter(wanted -> !wanted.is(running)).map(wanted -> reasons(state, seen));
  }

  private static String reasons(PipelineState state, Observation seen) {
    Release wanted = seen.wanted().orElseThrow();
    List<String> reasons =
        Stream.concat(
                seen.obstacles().stream(),
                Optional.ofNullable(state.refused().get(wanted.id())).stream())
            .toList();
    return "Release " + wanted.id() + " does not run: " + String.join("; ", reasons);
  }
}
