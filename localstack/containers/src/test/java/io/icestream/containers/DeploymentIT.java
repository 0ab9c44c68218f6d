/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What the emulator can make of the stacks, made by the command line of the CDK and held against
 * the templates. It knows neither MSK, EMR Serverless nor Glue, and cannot make functions without a
 * download: stacks that it cannot make are stood in for by what others import of them. Rules of
 * lifecycle it leaves out.
 */
@ExtendWith(Sites.class)
@TestInstance(Lifecycle.PER_CLASS)
class DeploymentIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STAND_IN = "stand-in";

  private LocalStack localStack;
  private Deployment deployment;

  @BeforeAll
  void bootstrap(Site site) {
    assumeTrue(
        Files.exists(Deployment.cdk()),
        () -> "No command line of the CDK at " + Deployment.cdk() + ": run npm ci");
    localStack = site.localStack();
    deployment = Deployment.synthesize(localStack);
    deployment.bootstrap();
    deployment.deploy("lake");
  }

  @Test
  void makesTheBucketsOfTheLake() {
    try (S3Client s3 = localStack.s3()) {
      List<JsonNode> buckets = deployment.resources("lake", "AWS::S3::Bucket");
      assertThat(buckets).hasSize(5);
      for (JsonNode bucket : buckets) {
        String name = name(bucket.path("BucketName"));
        assertThat(s3.getBucketVersioning(request -> request.bucket(name)).statusAsString())
            .as("versions in %s", name)
            .isEqualTo(
                bucket.has("VersioningConfiguration")
                    ? bucket.path("VersioningConfiguration").path("Status").asText()
                    : null);
        assertThat(
                s3.getBucketEncryption(request -> request.bucket(name))
                    .serverSideEncryptionConfiguration()
                    .rules())
            .as("encryption of %s", name)
            .extracting(rule -> rule.applyServerSideEncryptionByDefault().sseAlgorithmAsString())
            .containsExactly("AES256");
        assertThat(
                s3.getPublicAccessBlock(request -> request.bucket(name))
                    .publicAccessBlockConfiguration())
            .as("closed to the public: %s", name)
            .matches(block -> block.blockPublicAcls() && block.blockPublicPolicy())
            .matches(block -> block.ignorePublicAcls() && block.restrictPublicBuckets());
        assertThat(s3.getBucketPolicy(request -> request.bucket(name)).policy())
            .as("policy of %s", name)
            .contains("aws:SecureTransport");
      }
    }
  }

  @Test
  void makesTheAlarms() {
    // given
    exportWhatIsImported("watch", "jobs");

    // when
    deployment.deploy("watch");

    // then
    List<JsonNode> alarms = deployment.resources("watch", "AWS::CloudWatch::Alarm");
    assertThat(alarms).hasSizeGreaterThan(30);
    try (CloudWatchClient cloudWatch = localStack.cloudWatch()) {
      Map<String, MetricAlarm> made =
          cloudWatch.describeAlarmsPaginator(request -> {}).metricAlarms().stream()
              .collect(Collectors.toMap(MetricAlarm::alarmName, alarm -> alarm));
      for (JsonNode alarm : alarms) {
        String name = alarm.path("AlarmName").asText();
        assertThat(made).containsKey(name);
        assertThat(shape(made.get(name))).as(name).isEqualTo(shape(alarm));
      }
    }
  }

  @Test
  void makesTheQueuesOfTheProducers() throws Exception {
    // given
    String template = queuesAlone(deployment.template("producers"));

    // when
    try (CloudFormationClient cloudFormation = localStack.cloudFormation()) {
      create(cloudFormation, "icestream-dev-queues", template);
    }

    // then
    try (SqsClient sqs = localStack.sqs()) {
      for (JsonNode queue : deployment.resources("producers", "AWS::SQS::Queue")) {
        String name = queue.path("QueueName").asText();
        String url = sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
        Map<QueueAttributeName, String> attributes =
            sqs.getQueueAttributes(
                    request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
        assertThat(attributes)
            .as(name)
            .containsEntry(
                QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                queue.path("MessageRetentionPeriod").asText())
            .containsEntry(
                QueueAttributeName.SQS_MANAGED_SSE_ENABLED,
                queue.path("SqsManagedSseEnabled").asText("true"));
        if (queue.has("RedrivePolicy")) {
          assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY))
              .as("where letters of %s go", name)
              .contains("dead-letters")
              .contains(queue.path("RedrivePolicy").path("maxReceiveCount").asText());
        }
      }
    }
  }

  /** Names join texts with what is only known when they are deployed. */
  private static String name(JsonNode name) {
    if (name.isTextual()) {
      return name.asText();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : name.path("Fn::Join").path(1)) {
      text.append(
          part.isTextual()
              ? part.asText()
              : part.path("Ref").asText().equals("AWS::AccountId")
                  ? "000000000000"
                  : LocalStack.REGION);
    }
    return text.toString();
  }

  /** A stack that has the name of another, and nothing but the exports that a third imports. */
  private void exportWhatIsImported(String by, String from) {
    ObjectNode template = JSON.createObjectNode();
    template.putObject("Resources").putObject("Nothing").put("Type", "AWS::SNS::Topic");
    ObjectNode outputs = template.putObject("Outputs");
    String prefix = Deployment.name(from) + ":";
    deployment
        .imports(by)
        .filter(name -> name.startsWith(prefix))
        .forEach(
            name ->
                outputs
                    .putObject(name.substring(prefix.length()))
                    .put("Value", STAND_IN)
                    .putObject("Export")
                    .put("Name", name));
    try (CloudFormationClient cloudFormation = localStack.cloudFormation()) {
      create(cloudFormation, Deployment.name(from), template.toString());
    }
  }

  private static void create(CloudFormationClient cloudFormation, String name, String template) {
    var unused =
        cloudFormation.createStack(
            request ->
                request
                    .stackName(name)
                    .templateBody(template)
                    .capabilitiesWithStrings(Set.of("CAPABILITY_NAMED_IAM")));
    assertThat(
            cloudFormation
                .waiter()
                .waitUntilStackCreateComplete(request -> request.stackName(name))
                .matched()
                .exception())
        .as("stack %s", name)
        .isEmpty();
  }

  private static String queuesAlone(JsonNode template) {
    ObjectNode reduced = JSON.createObjectNode();
    ObjectNode resources = reduced.putObject("Resources");
    template
        .path("Resources")
        .properties()
        .forEach(
            each -> {
              if (each.getValue().path("Type").asText().equals("AWS::SQS::Queue")) {
                resources.set(each.getKey(), each.getValue());
              }
            });
    return reduced.toString();
  }

  private static AlarmShape shape(JsonNode alarm) {
    Map<String, String> dimensions = new TreeMap<>();
    for (JsonNode dimension : alarm.path("Dimensions")) {
      JsonNode value = dimension.path("Value");
      dimensions.put(
          dimension.path("Name").asText(), value.isTextual() ? value.asText() : STAND_IN);
    }
    return new AlarmShape(
        alarm.path("Namespace").asText(),
        alarm.path("MetricName").asText(),
        dimensions,
        alarm.path("Threshold").asDouble(),
        alarm.path("ComparisonOperator").asText(),
        alarm.path("EvaluationPeriods").asInt(),
        alarm.path("Period").asInt(),
        alarm.path("TreatMissingData").asText());
  }

  private static AlarmShape shape(MetricAlarm alarm) {
    return new AlarmShape(
        alarm.namespace(),
        alarm.metricName(),
        alarm.dimensions().stream()
            .collect(
                Collectors.toMap(Dimension::name, Dimension::value, (a, b) -> a, TreeMap::new)),
        alarm.threshold(),
        alarm.comparisonOperatorAsString(),
        alarm.evaluationPeriods(),
        alarm.period(),
        alarm.treatMissingData());
  }

  /** What decides when an alarm rings. */
  private record AlarmShape(
      String namespace,
      String metric,
      Map<String, String> dimensions,
      double threshold,
      String operator,
      int periods,
      int seconds,
      String missing) {}
}
