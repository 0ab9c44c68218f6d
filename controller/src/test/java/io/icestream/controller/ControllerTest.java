/* SPDX-License-Identifier: MIT */
package io.icestream.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.icestream.controller.decide.Action.Rest;
import io.icestream.controller.decide.Action.Status;
import io.icestream.controller.emulated.EmulatedRun;
import io.icestream.controller.emulated.World;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to jobs, against an emulated EMR Serverless. */
class ControllerTest {
  private static final String V1 = "s3://assets/v1.jar";
  private static final String V2 = "s3://assets/v2.jar";
  private static final String V3 = "s3://assets/v3.jar";

  private final World world = new World();

  @AfterEach
  void neverHadTwoRunsAlive() {
    assertThat(world.emr().crowds()).isEmpty();
  }

  @Test
  void startsAPipelineThatIsDeployedForTheFirstTime() {
    // given
    world.deploy(V1);

    // when
    Rest rest = world.minutes(10);

    // then
    assertThat(rest.status()).isEqualTo(Status.RUNNING);
    assertThat(world.emr().runs()).hasSize(1);
    EmulatedRun run = world.emr().last();
    assertThat(run.state()).isEqualTo("RUNNING");
    assertThat(run.name()).isEqualTo("iot-telemetry.1");
    assertThat(run.jar()).isEqualTo(V1);
    assertThat(run.request().at("/retryPolicy/maxFailedAttemptsPerHour").asInt()).isEqualTo(5);
    assertThat(run.request().at("/mode").asText()).isEqualTo("STREAMING");
    assertThat(run.request().at("/jobDriver/sparkSubmit/entryPointArguments/0").asText())
        .isEqualTo("--pipeline");
    assertThat(run.request().at("/tags/icestream:pipeline").asText()).isEqualTo("iot-telemetry");
    assertThat(
            run.request()
                .at(
                    "/configurationOverrides/monitoringConfiguration/cloudWatchLoggingConfiguration"
                        + "/logGroupName")
                .asText())
        .isEqualTo("/icestream/jobs");
  }

  @Test
  void leavesAJobAloneThatRunsWhatIsDeployedAgain() {
    // given
    running(V1);

    // when
    world.deploy(V1);
    Rest rest = world.minutes(10);

    // then
    assertThat(rest.status()).isEqualTo(Status.RUNNING);
    assertThat(world.emr().runs()).hasSize(1);
  }

  @Test
  void upgradesByEndingTheOldJobWithGraceAndStartingTheNewOne() {
    // given
    running(V1);

    // when
    world.deploy(V2);
    world.look();

    // then
    assertThat(world.emr().runs()).hasSize(1);
    assertThat(world.emr().last().state()).isEqualTo("CANCELLING");
    assertThat(world.emr().last().grace()).isEqualTo(300);

    // when
    Rest rest = world.minutes(12);

    // then
    assertThat(rest.status()).isEqualTo(Status.RUNNING);
    assertThat(world.emr().runs())
        .extracting(EmulatedRun::jar, EmulatedRun::state)
        .containsExactly(tuple(V1, "CANCELLED"), tuple(V2, "RUNNING"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 65, 70, 78})
  void goesBackToTheFormerReleaseWhenTheNewOneFails(int exitCode) {
    // given
    running(V1);
    world.emr().fails(V2, exitCode);

    // when
    world.deploy(V2);
    Rest rest = world.minutes(20);

    // then
    assertThat(jars()).containsExactly(V1, V2, V1);
    assertThat(world.emr().last().state()).isEqualTo("RUNNING");
    assertThat(rest.status()).isEqualTo(Status.BEHIND);
    assertThat(rest.reason()).contains("ended as FAILED with exit code " + exitCode);
  }

  @Test
  void goesBackToTheFormerReleaseWhenTheNewOneIsNotRunningInTime() {
    // given
    running(V1);
    world.emr().waits(V2);

    // when
    world.deploy(V2);
    Rest rest = world.minutes(40);

    // then
    assertThat(jars()).containsExactly(V1, V2, V1);
    assertThat(rest.status()).isEqualTo(Status.BEHIND);
    assertThat(rest.reason()).contains("still PENDING after PT20M");
  }

  @Test
  void goesBackToTheFormerReleaseWhenEmrRefusesToStartTheNewOne() {
    // given
    running(V1);

    // when
    world.deploy(V2 + "\", \"unheardOf\": \"");
    Rest rest = world.minutes(12);

    // then
    assertThat(jars()).containsExactly(V1, V1);
    assertThat(rest.status()).isEqualTo(Status.BEHIND);
    assertThat(rest.reason()).contains("jobDriver.sparkSubmit.unheardOf");
  }

  @Test
  void takesAReleaseAfterOneThatHasFailed() {
    // given
    running(V1);
    world.emr().fails(V2, 78);
    world.deploy(V2);
    world.minutes(20);

    // when
    world.deploy(V3);
    Rest rest = world.minutes(12);

    // then
    assertThat(jars()).containsExactly(V1, V2, V1, V3);
    assertThat(rest.status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void triesAReleaseAgainThatWasTakenBackMeanwhile() {
    // given
    running(V1);
    world.emr().fails(V2, 78);
    world.deploy(V2);
    world.minutes(20);
    world.deploy(V1);
    world.minutes(2);

    // when
    world.emr().works(V2);
    world.deploy(V2);
    Rest rest = world.minutes(12);

    // then
    assertThat(jars()).containsExactly(V1, V2, V1, V2);
    assertThat(rest.status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void endsNoJobForAReleaseThatLacksItsFiles() {
    // given
    running(V1);

    // when
    world.obstacles(V2 + " is not there");
    world.deploy(V2);
    Rest rest = world.minutes(5);

    // then
    assertThat(jars()).containsExactly(V1);
    assertThat(rest.status()).isEqualTo(Status.BEHIND);
    assertThat(rest.reason()).contains(V2 + " is not there");

    // when
    world.obstacles();
    world.minutes(12);

    // then
    assertThat(jars()).containsExactly(V1, V2);
  }

  @Test
  void restartsAJobThatHasFailedAfterAPause() {
    // given
    running(V1);

    // when
    world.emr().ends(world.emr().last().id(), "FAILED", 1);
    Rest at = world.look();

    // then
    assertThat(jars()).containsExactly(V1);
    assertThat(at.reason()).contains("Failed 1 times in a row; started again at 2026-11-23T");

    // when
    Rest rest = world.minutes(12);

    // then
    assertThat(jars()).containsExactly(V1, V1);
    assertThat(rest.status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void healsByTheScheduleWhatNoEventHasToldOf() {
    // given
    running(V1);
    world.emr().ends(world.emr().last().id(), "FAILED", 69);

    // when: nobody is told of it for an hour, then the schedule comes
    for (int minute = 0; minute < 60; minute++) {
      world.pass();
    }
    Rest rest = world.minutes(12);

    // then
    assertThat(jars()).containsExactly(V1, V1);
    assertThat(rest.status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void stopsRestartingWhatFailsTimeAndAgain() {
    // given
    running(V1);
    world.emr().fails(V1, 70);

    // when
    Rest rest = world.minutes(300);

    // then
    assertThat(jars()).hasSize(6);
    assertThat(rest.status()).isEqualTo(Status.HALTED);

    // when
    world.emr().works(V1);
    world.controller().forgive(World.PIPELINE);
    rest = world.minutes(12);

    // then
    assertThat(jars()).hasSize(7);
    assertThat(rest.status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void waitsAsLongAsSomethingIsAwayThatTheJobNeeds() {
    // given
    running(V1);
    world.emr().fails(V1, 69);

    // when
    world.minutes(600);
    world.emr().works(V1);
    Rest rest = world.minutes(45);

    // then
    assertThat(jars()).hasSizeGreaterThan(15).hasSizeLessThan(30);
    assertThat(rest.status()).isEqualTo(Status.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 66, 76, 78})
  void doesNotRestartWhatWouldFailAgain(int exitCode) {
    // given
    running(V1);

    // when
    world.emr().ends(world.emr().last().id(), "FAILED", exitCode);
    Rest rest = world.minutes(60);

    // then
    assertThat(jars()).containsExactly(V1);
    assertThat(rest.status()).isEqualTo(Status.HALTED);
    assertThat(rest.reason()).contains("exit code " + exitCode);
  }

  @ParameterizedTest
  @ValueSource(ints = {66, 76})
  void doesNotGoBackWhereTheFormerReleaseCouldNotGoOnEither(int exitCode) {
    // given
    running(V1);
    world.emr().fails(V2, exitCode);

    // when
    world.deploy(V2);
    Rest rest = world.minutes(30);

    // then
    assertThat(jars()).containsExactly(V1, V2);
    assertThat(rest.status()).isEqualTo(Status.HALTED);
  }

  @Test
  void doesNotTrustAReleaseWhoseDriverEmrHasToStartAgain() {
    // given
    running(V1);
    world.deploy(V2);

    // when
    Rest rest = world.minutes(30, w -> w.emr().retries(w.emr().last().id()));

    // then
    assertThat(rest.status()).isEqualTo(Status.CHANGING);
    assertThat(rest.reason()).contains("on trial");
  }

  @Test
  void endsAJobThatSomebodyHasStartedByHandBeforeItStartsItsOwn() {
    // given
    String byHand = world.emr().startedByHand(World.PIPELINE);

    // when
    world.deploy(V1);
    world.look();

    // then
    assertThat(world.emr().runs()).hasSize(1);
    assertThat(world.emr().last().state()).isEqualTo("CANCELLING");

    // when
    world.minutes(12);

    // then
    assertThat(world.emr().runs())
        .extracting(EmulatedRun::id, EmulatedRun::state)
        .containsExactly(tuple(byHand, "CANCELLED"), tuple("run2", "RUNNING"));
  }

  @Test
  void startsAJobAgainThatSomebodyHasCancelled() {
    // given
    running(V1);

    // when
    world.emr().ends(world.emr().last().id(), "CANCELLED", 0);
    world.minutes(12);

    // then
    assertThat(jars()).containsExactly(V1, V1);
    assertThat(world.emr().last().state()).isEqualTo("RUNNING");
  }

  @Test
  void endsTheJobOfAPipelineThatIsNotDeployedAnyMore() {
    // given
    running(V1);

    // when
    world.remove();
    Rest rest = world.minutes(5);

    // then
    assertThat(world.emr().last().state()).isEqualTo("CANCELLED");
    assertThat(rest.status()).isEqualTo(Status.STOPPED);
  }

  @Test
  void stopsTheApplicationWhileAllIsHeldAndGoesOnAfterwards() {
    // given
    running(V1);

    // when
    world.controller().hold(true);
    world.minutes(5);

    // then
    assertThat(world.emr().last().state()).isEqualTo("CANCELLED");
    assertThat(world.emr().application()).isEqualTo("STOPPED");
    assertThat(world.controller().reconcile().get(Controller.APPLICATION).status())
        .isEqualTo(Status.STOPPED);

    // when
    world.controller().hold(false);
    Rest rest = world.minutes(12);

    // then
    assertThat(jars()).containsExactly(V1, V1);
    assertThat(world.emr().application()).isEqualTo("STARTED");
    assertThat(rest.status()).isEqualTo(Status.RUNNING);
  }

  private void running(String jar) {
    world.deploy(jar);
    assertThat(world.minutes(12).status()).isEqualTo(Status.RUNNING);
  }

  private List<String> jars() {
    return world.emr().runs().stream().map(EmulatedRun::jar).toList();
  }
}
