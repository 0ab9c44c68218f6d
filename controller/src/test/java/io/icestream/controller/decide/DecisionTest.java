/* SPDX-License-Identifier: MIT */
package io.icestream.controller.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.controller.decide.Action.Cancel;
import io.icestream.controller.decide.Action.Rest;
import io.icestream.controller.decide.Action.Save;
import io.icestream.controller.decide.Action.Start;
import io.icestream.controller.decide.Action.Status;
import io.icestream.controller.decide.Attempt.Phase;
import io.icestream.controller.decide.Attempt.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for each combination of what is remembered and what is seen. */
class DecisionTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Release V1 = Release.of("{\"v\": 1}");
  private static final Release V2 = Release.of("{\"v\": 2}");
  private static final Release V3 = Release.of("{\"v\": 3}");
  private static final Decision DECISION = new Decision(Limits.STANDARD);

  @Test
  void intendsAStartOnlyWhereNothingIsAliveAndTheLastRunHasBeenSeenToEnd() {
    everywhere(
        (state, seen) -> {
          if (DECISION.of(state, seen) instanceof Save save
              && number(save.next()) > number(state)) {
            assertThat(seen.runs()).noneMatch(JobRun::alive);
            assertThat(state.attempt().map(Attempt::phase).orElse(Phase.ENDED))
                .isEqualTo(Phase.ENDED);
            assertThat(save.next().attempt().orElseThrow().phase()).isEqualTo(Phase.INTENDED);
            assertThat(number(save.next())).isEqualTo(number(state) + 1);
          }
        });
  }

  @Test
  void startsOnlyWhatIsWrittenDownAsIntendedAndNotToBeSeen() {
    everywhere(
        (state, seen) -> {
          if (DECISION.of(state, seen) instanceof Start start) {
            assertThat(state.attempt()).contains(start.attempt());
            assertThat(start.attempt().phase()).isEqualTo(Phase.INTENDED);
            assertThat(seen.numbered(start.attempt().number())).isEmpty();
          }
        });
  }

  @Test
  void startsOnlyWhatIsWantedOrHasRunWellAndIsNotRefused() {
    everywhere(
        (state, seen) -> {
          if (DECISION.of(state, seen) instanceof Save save
              && number(save.next()) > number(state)) {
            Release release = save.next().attempt().orElseThrow().release();
            assertThat(state.refused()).doesNotContainKey(release.id());
            assertThat(seen.wanted()).isPresent();
            if (!seen.wanted().get().is(release)) {
              assertThat(state.refuses(seen.wanted().get()) || !seen.obstacles().isEmpty())
                  .isTrue();
            }
          }
        });
  }

  @Test
  void endsARunOnlyIfItIsAStrangerOrAnotherReleaseIsToRunOrNone() {
    everywhere(
        (state, seen) -> {
          if (DECISION.of(state, seen) instanceof Cancel cancel) {
            assertThat(cancel.run().alive()).isTrue();
            assertThat(cancel.run().state()).isNotEqualTo(RunState.CANCELLING);
            boolean own =
                state
                        .attempt()
                        .flatMap(Attempt::runId)
                        .filter(cancel.run().id()::equals)
                        .isPresent()
                    && state.attempt().get().phase() == Phase.STARTED;
            boolean wanted =
                own
                    && seen.wanted().filter(state.attempt().get().release()::is).isPresent()
                    && !state.refuses(state.attempt().get().release());
            assertThat(wanted).isFalse();
          }
        });
  }

  @Test
  void callsAPipelineStoppedOrHaltedOnlyIfNothingIsAlive() {
    everywhere(
        (state, seen) -> {
          if (DECISION.of(state, seen) instanceof Rest rest
              && (rest.status() == Status.STOPPED || rest.status() == Status.HALTED)) {
            assertThat(seen.runs()).noneMatch(JobRun::alive);
          }
        });
  }

  @Test
  void callsAPipelineRunningOnlyIfWhatIsWantedRuns() {
    everywhere(
        (state, seen) -> {
          if (DECISION.of(state, seen) instanceof Rest rest && rest.status() == Status.RUNNING) {
            assertThat(seen.wanted()).isEqualTo(state.attempt().map(Attempt::release));
            assertThat(seen.runs()).anyMatch(run -> run.state() == RunState.RUNNING);
          }
        });
  }

  @Test
  void comesToRestOrToAnEffectAfterAFewNotes() {
    everywhere(
        (state, seen) -> {
          PipelineState next = state;
          int notes = 0;
          while (DECISION.of(next, seen) instanceof Save save) {
            next = save.next();
            notes++;
            assertThat(notes).as("%s %s", state, seen).isLessThan(6);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "0, PERHAPS",
    "1, PERHAPS",
    "64, NOT_THIS_RELEASE",
    "65, NOT_THIS_RELEASE",
    "66, ASK",
    "69, LATER",
    "70, PERHAPS",
    "76, ASK",
    "78, NOT_THIS_RELEASE",
    "137, PERHAPS",
    "143, PERHAPS"
  })
  void judgesTheEndByTheExitCode(int code, Verdict verdict) {
    assertThat(Verdict.of(OptionalInt.of(code))).isEqualTo(verdict);
  }

  @Test
  void takesAnEndWithoutAnExitCodeForOneThatMayBeBetterNextTime() {
    assertThat(Verdict.of(OptionalInt.empty())).isEqualTo(Verdict.PERHAPS);
  }

  @ParameterizedTest
  @CsvSource({"1, PT1M", "2, PT2M", "3, PT4M", "5, PT16M", "6, PT30M", "1000, PT30M"})
  void waitsTwiceAsLongAfterEachFailure(int failures, Duration pause) {
    assertThat(Limits.STANDARD.pause(failures)).isEqualTo(pause);
  }

  @ParameterizedTest
  @CsvSource({
    "iot-telemetry.17, iot-telemetry, 17",
    "iot-telemetry, iot-telemetry, 0",
    "a.0, a.0, 0",
    "a.1.2, a.1.2, 0",
    "'', '', 0"
  })
  void findsThePipelineInTheNameOfARun(String name, String pipeline, long number) {
    assertThat(RunName.of(name)).isEqualTo(new RunName(pipeline, number));
  }

  private static long number(PipelineState state) {
    return state.attempt().map(Attempt::number).orElse(0L);
  }

  /** All combinations of everything that a decision looks at. */
  private static void everywhere(BiConsumer<PipelineState, Observation> check) {
    int combinations = 0;
    for (PipelineState state : states()) {
      for (Observation seen : observations()) {
        check.accept(state, seen);
        combinations++;
      }
    }
    assertThat(combinations).isGreaterThan(100_000);
  }

  private static List<PipelineState> states() {
    List<PipelineState> states = new ArrayList<>();
    for (Optional<Attempt> attempt : attempts()) {
      for (Optional<Release> proven : List.of(Optional.<Release>empty(), Optional.of(V1))) {
        for (List<Release> refused :
            List.of(List.<Release>of(), List.of(V1), List.of(V2), List.of(V1, V2), List.of(V3))) {
          SortedMap<String, String> reasons = new TreeMap<>();
          refused.forEach(release -> reasons.put(release.id(), "failed"));
          for (Failures failures :
              List.of(
                  Failures.NONE,
                  new Failures(5, Optional.of(NOW)),
                  new Failures(2, Optional.of(NOW.plusSeconds(1))))) {
            states.add(new PipelineState(attempt, proven, reasons, failures));
          }
        }
      }
    }
    return states;
  }

  private static List<Optional<Attempt>> attempts() {
    List<Optional<Attempt>> attempts = new ArrayList<>();
    attempts.add(Optional.empty());
    for (Release release : List.of(V1, V2)) {
      for (Duration age : List.of(Duration.ZERO, Duration.ofHours(1))) {
        Attempt intended = Attempt.intended(7, release, NOW.minus(age));
        Attempt started = intended.started("own");
        attempts.add(Optional.of(intended));
        attempts.add(Optional.of(started));
        attempts.add(Optional.of(started.running(new Running(1, NOW.minus(age)))));
        attempts.add(Optional.of(started.running(new Running(2, NOW.minus(age))).ended()));
      }
    }
    return attempts;
  }

  private static List<Observation> observations() {
    List<Observation> observations = new ArrayList<>();
    for (Optional<Release> wanted :
        List.of(Optional.<Release>empty(), Optional.of(V1), Optional.of(V2))) {
      for (List<String> obstacles : List.of(List.<String>of(), List.of("missing"))) {
        for (List<JobRun> runs : runs()) {
          observations.add(new Observation(NOW, wanted, obstacles, runs));
        }
      }
    }
    return observations;
  }

  private static List<List<JobRun>> runs() {
    List<List<JobRun>> all = new ArrayList<>();
    List<JobRun> strangers =
        List.of(
            run("hand", 0, RunState.RUNNING, OptionalInt.empty()),
            run("hand", 0, RunState.CANCELLING, OptionalInt.empty()),
            run("older", 6, RunState.PENDING, OptionalInt.empty()));
    for (RunState state : RunState.values()) {
      for (int exitCode : state == RunState.FAILED ? new int[] {1, 66, 69, 78} : new int[] {0}) {
        JobRun own =
            run(
                "own",
                7,
                state,
                state == RunState.FAILED ? OptionalInt.of(exitCode) : OptionalInt.empty());
        all.add(List.of(own));
        all.add(List.of(own, strangers.get(0)));
        all.add(List.of(own, strangers.get(1)));
      }
    }
    all.add(List.of());
    strangers.forEach(stranger -> all.add(List.of(stranger)));
    return all;
  }

  private static JobRun run(String id, long number, RunState state, OptionalInt exitCode) {
    return new JobRun(id, new RunName("iot-telemetry", number), state, 1, exitCode);
  }
}
