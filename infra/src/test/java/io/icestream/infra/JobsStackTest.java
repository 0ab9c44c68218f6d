/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class JobsStackTest {
  @Test
  void runsOnArmWithinItsQuotaAndKeepsNothingReady() {
    // when
    Template template = Synthesis.standard().jobs();

    // then
    template.hasResourceProperties(
        "AWS::EMRServerless::Application",
        Map.of(
            "ReleaseLabel",
            "emr-7.14.0",
            "Type",
            "SPARK",
            "Architecture",
            "ARM64",
            "MaximumCapacity",
            Map.of("Cpu", "32 vCPU", "Memory", "128 GB", "Disk", "320 GB"),
            "AutoStopConfiguration",
            Map.of("Enabled", true, "IdleTimeoutMinutes", 15),
            "InitialCapacity",
            Match.absent()));
  }

  @Test
  void hasARoleForEachPipelineThatOnlyTheAccountsJobsTake() {
    // when
    Map<String, Map<String, Object>> roles =
        Synthesis.standard()
            .jobs()
            .findResources(
                "AWS::IAM::Role",
                Map.of(
                    "Properties",
                    Map.of(
                        "AssumeRolePolicyDocument",
                        Map.of(
                            "Statement",
                            List.of(
                                Map.of(
                                    "Action",
                                    "sts:AssumeRole",
                                    "Effect",
                                    "Allow",
                                    "Principal",
                                    Map.of("Service", "emr-serverless.amazonaws.com"),
                                    "Condition",
                                    Map.of(
                                        "StringEquals",
                                        Map.of("aws:SourceAccount", "111122223333"))))))));

    // then
    assertThat(roles).hasSize(4);
  }

  @Test
  void saysHowAJobIsStarted() throws Exception {
    // when
    JsonNode request = request(Synthesis.of(Map.of("maxExecutors", 3)), "iot-telemetry");

    // then
    assertThat(request.at("/mode").asText()).isEqualTo("STREAMING");
    assertThat(request.at("/name").asText()).isEqualTo("iot-telemetry");
    assertThat(request.at("/retryPolicy/maxFailedAttemptsPerHour").asInt()).isEqualTo(5);
    assertThat(request.at("/jobDriver/sparkSubmit/entryPoint").asText())
        .matches("s3://cdk-hnb659fds-assets-111122223333-eu-central-1/[0-9a-f]{64}\\.jar");
    assertThat(request.at("/jobDriver/sparkSubmit/entryPointArguments"))
        .map(JsonNode::asText)
        .containsExactly(
            "--pipeline",
            "pipeline/iot-telemetry.yaml",
            "--environment",
            "s3://icestream-test-artefacts-111122223333-eu-central-1/environment.properties");
    assertThat(request.at("/jobDriver/sparkSubmit/sparkSubmitParameters").asText())
        .startsWith("--class io.icestream.spark.Main --conf ")
        .contains("--conf spark.dynamicAllocation.maxExecutors=3")
        .contains("--conf spark.driver.memory=7g")
        .containsPattern("--conf spark.archives=s3://[a-z0-9-]+/[0-9a-f]{64}\\.zip#pipeline");
  }

  @Test
  void sendsThePipelineFileAndItsSchemasAndNothingElse() throws Exception {
    // given
    Synthesis synthesis =
        Synthesis.of(Map.of("pipelines", List.of("pipelines/iot-telemetry.yaml")));

    // when
    List<Path> folders;
    try (Stream<Path> files = Files.walk(synthesis.folder())) {
      folders =
          files.filter(file -> file.endsWith("iot-telemetry.yaml")).map(Path::getParent).toList();
    }

    // then
    assertThat(folders).hasSize(1);
    try (Stream<Path> sent = Files.walk(folders.get(0))) {
      assertThat(sent.filter(Files::isRegularFile))
          .containsExactlyInAnyOrder(
              folders.get(0).resolve("iot-telemetry.yaml"),
              folders.get(0).resolve("schemas/reading.avsc"));
    }
  }

  @Test
  void startsNoJobWithoutAJar() {
    // when
    Synthesis synthesis = Synthesis.of(Map.of("jobJar", "none"));

    // then
    synthesis.jobs().resourceCountIs("AWS::SSM::Parameter", 0);
    synthesis.jobs().resourceCountIs("AWS::EMRServerless::Application", 1);
    assertThat(synthesis.stacks()).hasSize(4);
  }

  @Test
  void writesTheEnvironmentThatJobsRead() throws Exception {
    assertThat(environment(Synthesis.standard()))
        .contains("catalog.catalog-impl=org.apache.iceberg.aws.glue.GlueCatalog\n")
        .contains(
            "catalog.warehouse=s3://icestream-test-lake-111122223333-eu-central-1/warehouse\n")
        .contains("checkpoints=s3://icestream-test-checkpoints-111122223333-eu-central-1\n")
        .contains("kafka.bootstrap.servers=BootstrapServers")
        .contains("kafka.sasl.mechanism=AWS_MSK_IAM\n")
        .contains(
            "metrics.cloudwatch=true\nmetrics.cloudwatch.region=eu-central-1\n"
                + "metrics.freshness=true\n");
    assertThat(environment(Synthesis.of(Map.of("catalog", "s3tables"))))
        .contains("catalog.type=rest\n")
        .contains("catalog.uri=https://s3tables.eu-central-1.amazonaws.com/iceberg\n")
        .contains(
            "catalog.warehouse=arn:aws:s3tables:eu-central-1:111122223333:bucket/"
                + "icestream-test-tables\n")
        .doesNotContain("GlueCatalog");
  }

  private static String environment(Synthesis synthesis) throws Exception {
    Map<?, ?> properties =
        (Map<?, ?>)
            synthesis
                .jobs()
                .findResources("Custom::EnvironmentFile")
                .values()
                .iterator()
                .next()
                .get("Properties");
    String call = new ResolvedTexts(synthesis.templates()).of(properties.get("Create"));
    return new ObjectMapper().readTree(call).at("/parameters/Body").asText();
  }

  private static JsonNode request(Synthesis synthesis, String pipeline) throws Exception {
    Map<?, ?> parameter =
        synthesis
            .jobs()
            .findResources(
                "AWS::SSM::Parameter",
                Map.of("Properties", Map.of("Name", "/icestream/test/jobs/" + pipeline)))
            .values()
            .iterator()
            .next();
    Object value = ((Map<?, ?>) parameter.get("Properties")).get("Value");
    return new ObjectMapper().readTree(new ResolvedTexts(synthesis.templates()).of(value));
  }
}
