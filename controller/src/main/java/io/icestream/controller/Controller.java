/* SPDX-License-Identifier: MIT */
package io.icestream.controller;

import io.icestream.controller.PipelineStates.Stored;
import io.icestream.controller.decide.Action;
import io.icestream.controller.decide.Action.Rest;
import io.icestream.controller.decide.Action.Status;
import io.icestream.controller.decide.Attempt;
import io.icestream.controller.decide.Attempt.Phase;
import io.icestream.controller.decide.Decision;
import io.icestream.controller.decide.JobRun;
import io.icestream.controller.decide.Observation;
import io.icestream.controller.decide.PipelineState;
import io.icestream.controller.decide.Release;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Brings what runs to what is wanted, a step at a time. It may be called at any time, by several at
 * once, and may die at any point: the next call goes on.
 */
public final class Controller {
  /** Under which {@link #reconcile} tells of the application while everything is held. */
  public static final String APPLICATION = "(application)";

  /** Of one pipeline in one call; a normal start takes four. */
  private static final int STEPS = 12;

  private final Declarations declarations;
  private final JobRuns jobs;
  private final PipelineStates states;
  private final Decision decision;
  private final Clock clock;

  /**
   * @param declarations what is wanted
   * @param jobs what runs
   * @param states what is remembered
   * @param decision what is done
   * @param clock the time
   */
  public Controller(
      Declarations declarations,
      JobRuns jobs,
      PipelineStates states,
      Decision decision,
      Clock clock) {
    this.declarations = declarations;
    this.jobs = jobs;
    this.states = states;
    this.decision = decision;
    this.clock = clock;
  }

  /**
   * Takes all steps that can be taken now.
   *
   * @return how each pipeline is then
   * @throws ControllerException if a pipeline could not be looked after; the others were
   */
  public SortedMap<String, Rest> reconcile() {
    boolean held = states.held();
    SortedMap<String, Release> wanted = held ? new TreeMap<>() : declarations.wanted();
    SortedSet<String> pipelines = new TreeSet<>(states.pipelines());
    pipelines.addAll(wanted.keySet());
    SortedMap<String, Rest> rests = new TreeMap<>();
    List<RuntimeException> failures = new ArrayList<>();
    for (String pipeline : pipelines) {
      try {
        rests.put(pipeline, settled(pipeline, Optional.ofNullable(wanted.get(pipeline))));
      } catch (RuntimeException e) {
        failures.add(new ControllerException("Pipeline '" + pipeline + "': " + e.getMessage(), e));
      }
    }
    if (!failures.isEmpty()) {
      RuntimeException first = failures.get(0);
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
    if (held) {
      rests.put(APPLICATION, application(rests));
    }
    return rests;
  }

  /** Ends all jobs and starts none, until they are released. */
  public void hold(boolean held) {
    states.hold(held);
  }

  /**
   * Forgets why a pipeline's releases are not started.
   *
   * @throws ControllerException if somebody else has changed what is remembered meanwhile
   */
  public void forgive(String pipeline) {
    Stored stored = states.read(pipeline);
    if (states.write(pipeline, stored, stored.state().forgiven()).isEmpty()) {
      throw new ControllerException(
          "Pipeline '" + pipeline + "' was changed at the same time. Try again.", null);
    }
  }

  private Rest application(SortedMap<String, Rest> rests) {
    boolean quiet = rests.values().stream().allMatch(rest -> rest.status() == Status.STOPPED);
    boolean stopped = quiet && jobs.alive().isEmpty() && jobs.stopApplication();
    return stopped
        ? new Rest(Status.STOPPED, "The application is stopped and can be changed")
        : new Rest(Status.CHANGING, "The application is stopped once all jobs have ended");
  }

  private Rest settled(String pipeline, Optional<Release> wanted) {
    for (int step = 0; step < STEPS; step++) {
      Stored stored = states.read(pipeline);
      Action action = decision.of(stored.state(), observed(pipeline, stored.state(), wanted));
      if (action instanceof Rest rest) {
        return rest;
      } else if (action instanceof Action.Save save) {
        // Whoever has written meanwhile is seen in the next step
        states.write(pipeline, stored, save.next());
      } else if (action instanceof Action.Start start) {
        start(pipeline, stored, start.attempt());
      } else if (action instanceof Action.Cancel cancel) {
        jobs.cancel(cancel.run().id(), cancel.grace());
        return new Rest(Status.CHANGING, "Job run " + cancel.run().id() + " is asked to end");
      }
    }
    return new Rest(Status.CHANGING, "Others change it at the same time");
  }

  private void start(String pipeline, Stored stored, Attempt attempt) {
    JobRuns.Answer answer = jobs.start(pipeline, attempt);
    PipelineState next =
        answer instanceof JobRuns.Started started
            ? Decision.started(stored.state(), started.id())
            : Decision.rejected(stored.state(), ((JobRuns.Rejected) answer).reason());
    states.write(pipeline, stored, next);
  }

  private Observation observed(String pipeline, PipelineState state, Optional<Release> wanted) {
    List<JobRun> runs = new ArrayList<>();
    jobs.alive().stream().filter(run -> run.name().pipeline().equals(pipeline)).forEach(runs::add);
    Optional<String> current =
        state.attempt().filter(a -> a.phase() == Phase.STARTED).flatMap(Attempt::runId);
    // The list may be behind what is known of one run
    current
        .flatMap(jobs::find)
        .ifPresent(
            found -> {
              runs.removeIf(run -> run.id().equals(found.id()));
              runs.add(found);
            });
    boolean changes =
        wanted.isPresent()
            && state.attempt().filter(a -> a.release().id().equals(wanted.get().id())).isEmpty();
    List<String> obstacles = changes ? declarations.obstacles(pipeline, wanted.get()) : List.of();
    return new Observation(clock.instant(), wanted, obstacles, runs);
  }
}
