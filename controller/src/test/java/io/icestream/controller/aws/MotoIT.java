/* SPDX-License-Identifier: MIT */
package io.icestream.controller.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.icestream.controller.JobRuns;
import io.icestream.controller.PipelineStates.Stored;
import io.icestream.controller.decide.Attempt;
import io.icestream.controller.decide.Attempt.Phase;
import io.icestream.controller.decide.Attempt.Running;
import io.icestream.controller.decide.Failures;
import io.icestream.controller.decide.JobRun;
import io.icestream.controller.decide.PipelineState;
import io.icestream.controller.decide.Release;
import io.icestream.controller.decide.RunState;
import io.icestream.controller.emulated.Moto;
import io.icestream.controller.emulated.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * The calls of the controller against moto, which was written by others from AWS's descriptions.
 * Its job runs succeed at once and its tokens do not count, so what happens to jobs is tested
 * elsewhere.
 */
class MotoIT {
  private static final String BUCKET = "icestream-test-artefacts";

  private static Moto moto;
  private static S3Client s3;

  @BeforeAll
  static void start() throws Exception {
    Optional<String> missing = Moto.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    moto = Moto.start();
    s3 = moto.client(S3Client.builder().forcePathStyle(true));
    s3.createBucket(
        create ->
            create
                .bucket(BUCKET)
                .createBucketConfiguration(place -> place.locationConstraint("eu-central-1")));
  }

  @AfterAll
  static void stop() {
    if (moto != null) {
      moto.close();
    }
  }

  @Test
  void startsFindsAndEndsAJobRun() {
    // given
    EmrServerlessClient emr = moto.client(EmrServerlessClient.builder());
    String application =
        emr.createApplication(
                create -> create.name("test").type("SPARK").releaseLabel("emr-7.12.0"))
            .applicationId();
    EmrJobRuns jobs = new EmrJobRuns(emr, application);
    String request =
        World.request("s3://assets/v1.jar")
            .replaceFirst(
                "\"applicationId\": \"[^\"]*\"", "\"applicationId\": \"" + application + "\"")
            .replace("111122223333", "123456789012");
    Attempt attempt =
        new Attempt(
            3,
            Release.of(request),
            Phase.INTENDED,
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty());

    // when
    JobRuns.Answer answer = jobs.start("iot-telemetry", attempt);
    String id = ((JobRuns.Started) answer).id();

    // then
    JobRun run = jobs.find(id).orElseThrow();
    assertThat(run.name().pipeline()).isEqualTo("iot-telemetry");
    assertThat(run.name().number()).isEqualTo(3);
    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    assertThat(jobs.alive()).isEmpty();
    assertThat(
            emr.getJobRun(get -> get.applicationId(application).jobRunId(id))
                .jobRun()
                .jobDriver()
                .sparkSubmit()
                .entryPoint())
        .isEqualTo("s3://assets/v1.jar");

    // when
    jobs.cancel(id, Duration.ofMinutes(5));

    // then
    assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(RunState.CANCELLED);
    assertThat(jobs.find("00nosuchrun")).isEmpty();
    assertThat(jobs.stopApplication()).isFalse();
    assertThat(jobs.stopApplication()).isTrue();
  }

  @Test
  void keepsAStateAndLetsOneOfTwoWrite() {
    // given
    S3States states = new S3States(s3, BUCKET);
    Stored none = states.read("iot-telemetry");
    PipelineState state =
        new PipelineState(
            Optional.of(
                new Attempt(
                    17,
                    Release.of("{\"a\": 1}"),
                    Phase.STARTED,
                    Optional.of("run17"),
                    Instant.parse("2026-11-23T12:00:00Z"),
                    Optional.of(new Running(2, Instant.parse("2026-11-23T12:01:00Z"))))),
            Optional.of(Release.of("{\"a\": 0}")),
            new TreeMap<>(Map.of("0123", "it failed")),
            new Failures(2, Optional.of(Instant.parse("2026-11-23T12:03:00Z"))));

    // when
    Optional<Stored> first = states.write("iot-telemetry", none, state);

    // then
    assertThat(none.state()).isEqualTo(PipelineState.NEW);
    assertThat(states.read("iot-telemetry")).isEqualTo(first.orElseThrow());
    assertThat(first.get().state()).isEqualTo(state);
    assertThat(states.write("iot-telemetry", none, PipelineState.NEW)).isEmpty();
    assertThat(states.write("iot-telemetry", first.get(), PipelineState.NEW)).isPresent();
    assertThat(states.write("iot-telemetry", first.get(), state)).isEmpty();
    assertThat(states.read("iot-telemetry").state()).isEqualTo(PipelineState.NEW);

    // when
    states.hold(true);

    // then
    assertThat(states.held()).isTrue();
    assertThat(states.pipelines()).containsExactly("iot-telemetry");
    states.hold(false);
    assertThat(states.held()).isFalse();
  }

  @Test
  void readsWhatIsWantedAndSeesWhatIsMissing() {
    // given
    SsmClient ssm = moto.client(SsmClient.builder());
    for (int i = 0; i < 12; i++) {
      String name = "/icestream/test/jobs/p" + i;
      ssm.putParameter(put -> put.name(name).value("{}").type(ParameterType.STRING));
    }
    ssm.putParameter(put -> put.name("/icestream/other/jobs/x").value("{}").type("String"));
    s3.putObject(put -> put.bucket(BUCKET).key("v1.jar"), RequestBody.empty());
    SsmDeclarations declarations = new SsmDeclarations(ssm, s3, "test", "00abcdefgh123456");

    // when, then
    assertThat(declarations.wanted()).hasSize(12).containsKey("p11");
    assertThat(
            declarations.obstacles(
                "iot-telemetry", Release.of(World.request("s3://" + BUCKET + "/v1.jar"))))
        .isEmpty();
    assertThat(
            declarations.obstacles(
                "web-logs", Release.of(World.request("s3://" + BUCKET + "/v2.jar"))))
        .containsExactly(
            "name is 'iot-telemetry', but 'web-logs' is expected: deploy again",
            "s3://" + BUCKET + "/v2.jar is not there, or not to be read: deploy again");
    assertThat(declarations.obstacles("p0", Release.of("[]")))
        .singleElement()
        .asString()
        .contains("is a JSON ARRAY");
  }
}
