/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.assertions.Template;

/**
 * What the job of a pipeline may do, by the policy in the template. The expected permissions under
 * {@code access} are derived from the pipeline files by hand.
 */
class JobPolicyTest {
  private static final String KAFKA = "arn:aws:kafka:eu-central-1:111122223333:";
  private static final String GLUE = "arn:aws:glue:eu-central-1:111122223333:";
  private static final String LAKE = "arn:aws:s3:::icestream-test-lake-111122223333-eu-central-1";
  private static final String CHECKPOINTS =
      "arn:aws:s3:::icestream-test-checkpoints-111122223333-eu-central-1";

  @ParameterizedTest
  @ValueSource(strings = {"customers-cdc", "iot-telemetry", "machine-temperature", "web-logs"})
  void isWhatThePipelineFileNeedsAndNothingElse(String pipeline) throws Exception {
    // when
    Policy policy = policy(Synthesis.standard(), pipeline);

    // then
    assertThat(withoutHashes(policy)).isEqualTo(expected("glue", pipeline));
  }

  @Test
  void namesTablesByConditionsInATableBucket() throws Exception {
    // when
    Policy policy = policy(Synthesis.of(Map.of("catalog", "s3tables")), "iot-telemetry");

    // then
    assertThat(withoutHashes(policy)).isEqualTo(expected("s3tables", "iot-telemetry"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kafka-cluster:ReadData   | topic/KAFKA/UUID/iot.readings
          kafka-cluster:AlterGroup | group/KAFKA/UUID/icestream.iot-telemetry.-0c1f-executor
          """)
  void allowsItsTopicAndGroups(String action, String resource) {
    assertThat(iot().allows(action, KAFKA + resource)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kafka-cluster:ReadData    | topic/KAFKA/UUID/weblogs
          kafka-cluster:ReadData    | topic/KAFKA/UUID/iot.readings.private
          kafka-cluster:ReadData    | topic/OTHER/UUID/iot.readings
          kafka-cluster:WriteData   | topic/KAFKA/UUID/iot.readings
          kafka-cluster:DeleteTopic | topic/KAFKA/UUID/iot.readings
          kafka-cluster:AlterGroup  | group/KAFKA/UUID/icestream.iot-telemetry-2.x
          kafka-cluster:AlterGroup  | group/KAFKA/UUID/icestream.web-logs.x
          """)
  void deniesOtherTopicsAndGroups(String action, String resource) {
    assertThat(iot().allows(action, KAFKA + resource)).isFalse();
  }

  @Test
  void makesAndWritesItsTables() {
    for (String table : List.of("readings", "minute_stats", "quarantine", "quarantine_gaps")) {
      assertThat(iot().allows("glue:UpdateTable", GLUE + "table/iot/" + table)).isTrue();
      assertThat(iot().allows("s3:PutObject", LAKE + "/warehouse/iot/" + table + "/data/a.parquet"))
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          glue:UpdateTable | table/web/requests
          glue:GetTable    | table/web/requests
          glue:UpdateTable | table/iot/readings_2
          glue:UpdateTable | table/ref/devices
          glue:DeleteTable | table/iot/readings
          glue:UpdateTable | database/ref
          """)
  void deniesOtherTables(String action, String resource) {
    assertThat(iot().allows(action, GLUE + resource)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          s3:GetObject    | /warehouse/web/requests/data/a.parquet
          s3:GetObject    | /warehouse/iot/readings_2/data/a.parquet
          s3:PutObject    | /warehouse/ref/devices/data/a.parquet
          s3:PutObject    | /elsewhere/iot/readings/a.parquet
          s3:DeleteBucket | ''
          """)
  void deniesOtherPrefixesOfTheLake(String action, String resource) {
    assertThat(iot().allows(action, LAKE + resource)).isFalse();
  }

  @Test
  void keepsItsOwnCheckpointAlone() {
    assertThat(iot().allows("s3:PutObject", CHECKPOINTS + "/iot-telemetry/offsets/1")).isTrue();
    assertThat(iot().allows("s3:PutObject", CHECKPOINTS + "/web-logs/offsets/1")).isFalse();
    assertThat(iot().allows("s3:GetObject", CHECKPOINTS + "/iot-telemetry-2/offsets/1")).isFalse();
  }

  @Test
  void putsMetricsIntoItsNamespaceAlone() {
    assertThat(
            iot()
                .allows(
                    "cloudwatch:PutMetricData", "*", Map.of("cloudwatch:namespace", "Icestream")))
        .isTrue();
    assertThat(
            iot()
                .allows("cloudwatch:PutMetricData", "*", Map.of("cloudwatch:namespace", "AWS/EC2")))
        .isFalse();
    assertThat(iot().allows("cloudwatch:PutMetricData", "*")).isFalse();
  }

  @Test
  void tellsTablesOfATableBucketApart() {
    // given
    Policy policy = policy(Synthesis.of(Map.of("catalog", "s3tables")), "iot-telemetry");
    String table =
        "arn:aws:s3tables:eu-central-1:111122223333:bucket/icestream-test-tables/table/6f1c";

    // then
    assertThat(policy.allows("s3tables:PutTableData", table, named("iot", "readings"))).isTrue();
    assertThat(policy.allows("s3tables:PutTableData", table, named("web", "requests"))).isFalse();
    assertThat(policy.allows("s3tables:GetTableData", table, named("ref", "devices"))).isTrue();
    assertThat(policy.allows("s3tables:PutTableData", table, named("ref", "devices"))).isFalse();
  }

  private static Map<String, String> named(String namespace, String table) {
    return Map.of("s3tables:namespace", namespace, "s3tables:tableName", table);
  }

  private static Policy iot() {
    return policy(Synthesis.standard(), "iot-telemetry");
  }

  private static Policy policy(Synthesis synthesis, String pipeline) {
    Template jobs = synthesis.jobs();
    ResolvedTexts texts = new ResolvedTexts(synthesis.templates());
    String role = "Pipeline" + pipeline.replace("-", "") + "Role";
    Map<?, ?> policy =
        jobs.findResources("AWS::IAM::Policy").entrySet().stream()
            .filter(resource -> resource.getKey().startsWith(role))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow();
    Map<?, ?> properties = (Map<?, ?>) policy.get("Properties");
    return Policy.of((Map<?, ?>) properties.get("PolicyDocument"), texts);
  }

  /** Files are found by what is in them, and that changes. */
  private static String withoutHashes(Policy policy) {
    return policy.permissions().stream()
        .map(line -> line.replaceAll("/[0-9a-f]{64}\\.", "/HASH."))
        .sorted()
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String expected(String catalog, String pipeline) throws IOException {
    Path file = Path.of("src/test/resources/access", catalog, pipeline + ".txt");
    return new TreeSet<>(
            Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList())
        .stream().collect(Collectors.joining("\n", "", "\n"));
  }
}
