/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.infra.environment.ContextException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class ProducersStackTest {
  private static final Synthesis SYNTHESIS = Synthesis.of(Context.PRODUCERS);

  @Test
  void isThereOnlyWithProducers() {
    assertThat(Synthesis.standard().stacks()).doesNotContainKey("producers");
    assertThat(SYNTHESIS.stacks()).containsKey("producers");
  }

  @Test
  void startsFunctionsFromSnapshotsInTheNetwork() {
    // when
    Template template = SYNTHESIS.producers();

    // then
    template.resourceCountIs("AWS::Lambda::Function", 3);
    template.allResourcesProperties(
        "AWS::Lambda::Function",
        Map.of(
            "Runtime",
            "java17",
            "Architectures",
            List.of("arm64"),
            "SnapStart",
            Map.of("ApplyOn", "PublishedVersions"),
            "ReservedConcurrentExecutions",
            Match.anyValue(),
            "DeadLetterConfig",
            Match.anyValue(),
            "VpcConfig",
            Match.anyValue()));
    template.resourceCountIs("AWS::Lambda::Version", 3);
    template.resourceCountIs("AWS::Lambda::Alias", 3);
  }

  @Test
  void callsTheHandlersThatTheZipFileHas() throws Exception {
    // given
    Properties handlers = new Properties();
    try (var text =
        Files.newBufferedReader(
            Path.of(
                "../producers/src/main/resources/io/icestream/producers/functions.properties"))) {
      handlers.load(text);
    }

    // then
    for (String type : List.of("http", "object", "simulation")) {
      SYNTHESIS
          .producers()
          .hasResourceProperties(
              "AWS::Lambda::Function", Map.of("Handler", handlers.getProperty(type)));
    }
  }

  @Test
  void takesRequestsOfWhomIamKnowsAlone() {
    SYNTHESIS
        .producers()
        .hasResourceProperties(
            "AWS::Lambda::Url", Map.of("AuthType", "AWS_IAM", "Qualifier", "live"));
    SYNTHESIS
        .producers()
        .hasResourceProperties(
            "AWS::Lambda::Function",
            Map.of(
                "FunctionName",
                "icestream-test-ingest",
                "ReservedConcurrentExecutions",
                10,
                "Environment",
                Map.of(
                    "Variables",
                    Match.objectLike(
                        Map.of(
                            "ICESTREAM_TOPICS", "iot.readings", "ICESTREAM_KEY", "/device_id")))));
  }

  @Test
  void handsObjectsOverByAQueueThatGivesUpAtLast() {
    // when
    Template template = SYNTHESIS.producers();

    // then
    template.hasResourceProperties(
        "AWS::Lambda::EventSourceMapping",
        Map.of(
            "BatchSize",
            1,
            "FunctionResponseTypes",
            List.of("ReportBatchItemFailures"),
            "ScalingConfig",
            Map.of("MaximumConcurrency", 10)));
    template.hasResourceProperties(
        "AWS::SQS::Queue",
        Map.of(
            "QueueName",
            "icestream-test-object-events",
            "VisibilityTimeout",
            960,
            "RedrivePolicy",
            Match.objectLike(Map.of("maxReceiveCount", 20))));
    template.hasResourceProperties(
        "AWS::Events::Rule",
        Map.of(
            "EventPattern",
            Match.objectLike(
                Map.of("source", List.of("aws.s3"), "detail-type", List.of("Object Created")))));
    SYNTHESIS
        .lake()
        .hasResourceProperties(
            "AWS::S3::Bucket",
            Map.of(
                "NotificationConfiguration",
                Map.of("EventBridgeConfiguration", Map.of("EventBridgeEnabled", true))));
  }

  @Test
  void callsASimulatorOnceAMinuteAndOneAtATime() {
    SYNTHESIS
        .producers()
        .hasResourceProperties("AWS::Events::Rule", Map.of("ScheduleExpression", "rate(1 minute)"));
    SYNTHESIS
        .producers()
        .hasResourceProperties(
            "AWS::Lambda::Function",
            Map.of("FunctionName", "icestream-test-fleet", "ReservedConcurrentExecutions", 1));
  }

  @Test
  void declaresTheTopicOfProgressCompacted() {
    SYNTHESIS.stream()
        .hasResourceProperties(
            "AWS::SSM::Parameter",
            Map.of(
                "Value",
                Match.stringLikeRegexp(".*icestream.object-progress.*cleanup.policy.*compact.*")));
  }

  @Test
  void opensAWayToTheQueuesForProducersAlone() {
    Map<String, Object> sqs =
        Map.of("ServiceName", "com.amazonaws.eu-central-1.sqs", "VpcEndpointType", "Interface");
    SYNTHESIS.network().hasResourceProperties("AWS::EC2::VPCEndpoint", sqs);
    Synthesis.standard().network().resourcePropertiesCountIs("AWS::EC2::VPCEndpoint", sqs, 0);
  }

  @Test
  void allowsARequestsFunctionToWriteItsTopicsAndNothingElse() {
    assertThat(permissions("ingest"))
        .containsExactlyInAnyOrder(
            "ec2:CreateNetworkInterface *",
            "ec2:DeleteNetworkInterface *",
            "ec2:DescribeNetworkInterfaces *",
            "kafka-cluster:Connect CLUSTER",
            "kafka-cluster:DescribeTopic TOPIC/iot.readings",
            "kafka-cluster:WriteData TOPIC/iot.readings",
            "kafka-cluster:WriteDataIdempotently CLUSTER",
            "logs:CreateLogStream LOG",
            "logs:PutLogEvents LOG",
            "sqs:SendMessage DEAD-LETTERS");
  }

  @Test
  void allowsObjectIngestItsBucketItsQueueAndItsTransactionsToo() {
    assertThat(permissions("files"))
        .containsExactlyInAnyOrder(
            "ec2:CreateNetworkInterface *",
            "ec2:DeleteNetworkInterface *",
            "ec2:DescribeNetworkInterfaces *",
            "kafka-cluster:AlterTransactionalId TRANSACTION/icestream-source-*",
            "kafka-cluster:Connect CLUSTER",
            "kafka-cluster:DescribeTopic TOPIC/icestream.object-progress",
            "kafka-cluster:DescribeTopic TOPIC/iot.readings",
            "kafka-cluster:DescribeTransactionalId TRANSACTION/icestream-source-*",
            "kafka-cluster:ReadData TOPIC/icestream.object-progress",
            "kafka-cluster:WriteData TOPIC/icestream.object-progress",
            "kafka-cluster:WriteData TOPIC/iot.readings",
            "kafka-cluster:WriteDataIdempotently CLUSTER",
            "logs:CreateLogStream LOG",
            "logs:PutLogEvents LOG",
            "s3:GetObject LANDING/*",
            "s3:GetObjectVersion LANDING/*",
            "s3:ListBucket LANDING",
            "sqs:ChangeMessageVisibility EVENTS",
            "sqs:DeleteMessage EVENTS",
            "sqs:GetQueueAttributes EVENTS",
            "sqs:GetQueueUrl EVENTS",
            "sqs:ReceiveMessage EVENTS",
            "sqs:SendMessage DEAD-LETTERS");
  }

  @Test
  void tellsFunctionsTheFormatsOfTheirTopics() throws Exception {
    // when
    Synthesis synthesis = Synthesis.of(Context.FORMATS);

    // then
    assertThat(Json.parsed(withoutHash(variables(synthesis, "ingest").get("ICESTREAM_FORMATS"))))
        .isEqualTo(
            Map.of(
                "iot.readings",
                Map.of(
                    "format",
                    "avro",
                    "schema",
                    "s3://cdk-hnb659fds-assets-111122223333-eu-central-1/HASH.avsc",
                    "framing",
                    "confluent",
                    "schema_id",
                    42)));
    assertThat(Json.parsed(variables(synthesis, "files").get("ICESTREAM_FORMATS")))
        .isEqualTo(
            Map.of(
                "iot.readings",
                Map.of(
                    "format",
                    "protobuf",
                    "schema",
                    "s3://acme-schemas/iot/reading.desc",
                    "message",
                    "acme.Reading",
                    "framing",
                    "glue",
                    "schema_id",
                    "b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63")));
    assertThat(variables(SYNTHESIS, "ingest")).doesNotContainKey("ICESTREAM_FORMATS");
  }

  @Test
  void letsThoseFunctionsTellMetricsThatAreAskedTo() {
    // when
    Synthesis synthesis = Synthesis.of(Context.FORMATS);

    // then
    assertThat(variables(synthesis, "ingest")).containsEntry("ICESTREAM_METRICS", "emf");
    assertThat(variables(synthesis, "files")).doesNotContainKey("ICESTREAM_METRICS");
  }

  @Test
  void allowsAFunctionItsSchemasAndNoOtherObject() {
    // given
    Synthesis synthesis = Synthesis.of(Context.FORMATS);

    // then
    assertThat(exactPermissions(synthesis, "ingest"))
        .filteredOn(permission -> permission.startsWith("s3:"))
        .extracting(ProducersStackTest::withoutHash)
        .containsExactly(
            "s3:GetObject"
                + " arn:aws:s3:::cdk-hnb659fds-assets-111122223333-eu-central-1/HASH.avsc");
    assertThat(exactPermissions(synthesis, "files"))
        .filteredOn(permission -> permission.startsWith("s3:") && !permission.contains("Landing"))
        .containsExactly("s3:GetObject arn:aws:s3:::acme-schemas/iot/reading.desc");
  }

  @Test
  void makesVersionsOnlyWhenTheirSchemasMayBeRead() {
    // A function that reads its schema while its version is published would fail without it
    Map<String, Map<String, Object>> functions =
        Synthesis.of(Context.FORMATS).producers().findResources("AWS::Lambda::Function");
    assertThat(functions.values())
        .allSatisfy(
            function ->
                assertThat(function.get("DependsOn").toString()).contains("RoleDefaultPolicy"));
  }

  @Test
  void pollsAnApiFromAVpcThatHasAWayToIt() {
    // when
    Synthesis synthesis = Synthesis.of(Context.POLLER);

    // then
    Template template = synthesis.producers();
    template.hasResourceProperties(
        "AWS::Events::Rule", Map.of("ScheduleExpression", "rate(10 minutes)"));
    template.hasResourceProperties(
        "AWS::Lambda::Function",
        Map.of(
            "Handler",
            "io.icestream.producers.api.ApiPollHandler",
            "ReservedConcurrentExecutions",
            1,
            "VpcConfig",
            Match.objectLike(
                Map.of("SecurityGroupIds", List.of(Match.anyValue(), Match.anyValue())))));
    template.hasResourceProperties(
        "AWS::EC2::SecurityGroup",
        Map.of(
            "SecurityGroupEgress",
            List.of(
                Match.objectLike(
                    Map.of("CidrIp", "203.0.113.0/24", "FromPort", 443, "ToPort", 443)))));
    assertThat(permissions(synthesis, "weather"))
        .containsExactlyInAnyOrder(
            "ec2:CreateNetworkInterface *",
            "ec2:DeleteNetworkInterface *",
            "ec2:DescribeNetworkInterfaces *",
            "kafka-cluster:Connect CLUSTER",
            "kafka-cluster:DescribeTopic TOPIC/iot.readings",
            "kafka-cluster:WriteData TOPIC/iot.readings",
            "kafka-cluster:WriteDataIdempotently CLUSTER",
            "logs:CreateLogStream LOG",
            "logs:PutLogEvents LOG",
            "s3:GetObject FILE",
            "s3:GetObject STATES/api-states/weather/*",
            "s3:ListBucket STATES",
            "s3:PutObject STATES/api-states/weather/*",
            "secretsmanager:GetSecretValue SECRET/weather-api-??????",
            "sqs:SendMessage DEAD-LETTERS");
  }

  @Test
  void refusesAPollerInAVpcWithoutAWayOut() {
    // given
    Map<String, Object> stage = new LinkedHashMap<>(Context.PRODUCERS);
    stage.put("producers", Context.POLLER.get("producers"));

    // then
    assertThatThrownBy(() -> Synthesis.of(stage))
        .isInstanceOf(ContextException.class)
        .hasMessageContaining(
            "'producers' has type 'api' in 'weather', but the stage's own VPC has no way to an API."
                + " Set 'vpcId' to a VPC whose subnets have one, such as a NAT gateway, or run"
                + " './icestream produce api' elsewhere.");
  }

  @Test
  void refusesATopicThatNoPipelineReads() {
    // given
    Map<String, Object> stage = new LinkedHashMap<>(Context.PRODUCERS);
    stage.put(
        "producers",
        List.of(Map.of("name", "in", "type", "http", "topics", List.of("iot.reading"))));

    // then
    assertThatThrownBy(() -> Synthesis.of(stage))
        .isInstanceOf(ContextException.class)
        .hasMessageContaining(
            "'producers' has topic 'iot.reading' in 'in', which no pipeline reads. Did you mean"
                + " 'iot.readings'?");
  }

  /** The environment variables of a producer's function, without references. */
  private static Map<String, String> variables(Synthesis synthesis, String producer) {
    ResolvedTexts texts = new ResolvedTexts(synthesis.templates());
    Map<String, String> variables = new LinkedHashMap<>();
    synthesis
        .producers()
        .findResources(
            "AWS::Lambda::Function",
            Map.of("Properties", Map.of("FunctionName", "icestream-test-" + producer)))
        .values()
        .forEach(
            function -> {
              Map<?, ?> properties = (Map<?, ?>) function.get("Properties");
              Map<?, ?> environment = (Map<?, ?>) properties.get("Environment");
              ((Map<?, ?>) environment.get("Variables"))
                  .forEach((name, value) -> variables.put(name.toString(), texts.of(value)));
            });
    return variables;
  }

  /** What a producer's role allows, with words for what has another name in each deployment. */
  private static SortedSet<String> permissions(String producer) {
    return permissions(SYNTHESIS, producer);
  }

  private static SortedSet<String> permissions(Synthesis synthesis, String producer) {
    SortedSet<String> words = new TreeSet<>();
    exactPermissions(synthesis, producer).forEach(permission -> words.add(word(permission)));
    return words;
  }

  /** Without what a file's content makes of its name. */
  private static String withoutHash(String text) {
    return text.replaceAll("[0-9a-f]{64}", "HASH");
  }

  private static SortedSet<String> exactPermissions(Synthesis synthesis, String producer) {
    ResolvedTexts texts = new ResolvedTexts(synthesis.templates());
    SortedSet<String> permissions = new TreeSet<>();
    synthesis
        .producers()
        .findResources("AWS::IAM::Policy")
        .forEach(
            (id, policy) -> {
              if (id.startsWith("Producer" + producer)) {
                Map<?, ?> properties = (Map<?, ?>) policy.get("Properties");
                permissions.addAll(
                    Policy.of((Map<?, ?>) properties.get("PolicyDocument"), texts).permissions());
              }
            });
    assertThat(permissions).as("statements of " + producer).isNotEmpty();
    return permissions;
  }

  private static String word(String permission) {
    return permission
        .replaceAll("arn:aws:kafka:[^ ]*:cluster/[^ ]*", "CLUSTER")
        .replaceAll("arn:aws:kafka:[^ ]*:topic/.*/([^/ ]*)$", "TOPIC/$1")
        .replaceAll("arn:aws:kafka:[^ ]*:transactional-id/.*/([^/ ]*)$", "TRANSACTION/$1")
        .replaceAll("arn:aws:logs:[^ ]*:log-group:[^ ]*:\\*", "LOG")
        .replaceAll("arn:aws:secretsmanager:[^ ]*:secret:", "SECRET/")
        .replaceAll("[^ ]*cdk-hnb659fds-assets-[^ ]*", "FILE")
        .replaceAll("arn:aws:s3:::[^ ]*-checkpoints-[^ /]*", "STATES")
        .replaceAll("[^ ]*Landing[^ /]*", "LANDING")
        .replaceAll("[^ ]*DeadLetters[^ ]*", "DEAD-LETTERS")
        .replaceAll(" [^ ]*Events[^ ]*$", " EVENTS");
  }
}
