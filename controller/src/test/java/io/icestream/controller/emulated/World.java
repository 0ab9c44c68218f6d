/* SPDX-License-Identifier: MIT */
package io.icestream.controller.emulated;

import io.icestream.controller.Controller;
import io.icestream.controller.Declarations;
import io.icestream.controller.aws.EmrJobRuns;
import io.icestream.controller.decide.Action.Rest;
import io.icestream.controller.decide.Decision;
import io.icestream.controller.decide.Limits;
import io.icestream.controller.decide.Release;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A deployment with one pipeline, which a test deploys, lets run and looks at. */
public final class World implements Declarations {
  public static final String PIPELINE = "iot-telemetry";

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MovingClock clock = new MovingClock();
  private final EmulatedEmr emr = new EmulatedEmr(clock);
  private final EmrJobRuns jobs = new EmrJobRuns(emr.client(), EmulatedEmr.APPLICATION);
  private final MemoryStates states = new MemoryStates();
  private final SortedMap<String, Release> wanted = new TreeMap<>();
  private List<String> obstacles = List.of();

  /** The request that runs a jar. */
  public static String request(String jar) {
    return """
        {"applicationId": "%s", "executionRoleArn": "arn:aws:iam::111122223333:role/job",
         "name": "%s", "mode": "STREAMING", "retryPolicy": {"maxFailedAttemptsPerHour": 5},
         "jobDriver": {"sparkSubmit": {"entryPoint": "%s", "entryPointArguments": ["--pipeline", "x"],
           "sparkSubmitParameters": "--class io.icestream.spark.Main"}},
         "configurationOverrides": {"monitoringConfiguration": {"cloudWatchLoggingConfiguration":
           {"enabled": true, "logGroupName": "/icestream/jobs", "logStreamNamePrefix": "x"}}},
         "tags": {"icestream:pipeline": "%s"}}
        """
        .formatted(EmulatedEmr.APPLICATION, PIPELINE, jar, PIPELINE);
  }

  public EmulatedEmr emr() {
    return emr;
  }

  public MemoryStates states() {
    return states;
  }

  public MovingClock clock() {
    return clock;
  }

  /** Writes the request of a jar, as a deployment does. */
  public void deploy(String jar) {
    wanted.put(PIPELINE, Release.of(request(jar)));
  }

  /** The deployment does not have the pipeline any more. */
  public void remove() {
    wanted.clear();
  }

  public void obstacles(String... found) {
    obstacles = List.of(found);
  }

  public Controller controller() {
    return controller(new Effects(0, false, () -> {}));
  }

  public Controller controller(Effects effects) {
    return new Controller(
        this, effects.on(jobs), effects.on(states), new Decision(Limits.STANDARD), clock);
  }

  /** Lets minutes pass, in each of which the schedule calls the controller. */
  public Rest minutes(int count) {
    return minutes(count, world -> {});
  }

  /** The same, with something that happens in each minute. */
  public Rest minutes(int count, Consumer<World> event) {
    Rest rest = null;
    for (int minute = 0; minute < count; minute++) {
      pass();
      event.accept(this);
      rest = look();
    }
    return rest;
  }

  /** A minute passes in which nobody looks. */
  public void pass() {
    clock.move(MINUTE);
    emr.advance();
  }

  /** The controller is called once. */
  public Rest look() {
    return controller().reconcile().get(PIPELINE);
  }

  @Override
  public SortedMap<String, Release> wanted() {
    return new TreeMap<>(wanted);
  }

  @Override
  public List<String> obstacles(String pipeline, Release release) {
    return obstacles;
  }
}
