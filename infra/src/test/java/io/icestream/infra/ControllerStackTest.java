/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.infra.environment.ContextException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class ControllerStackTest {
  private static final String EMR = "arn:aws:emr-serverless:eu-central-1:111122223333:";
  private static final String APPLICATION = EMR + "/applications/Application.ApplicationId";

  @Test
  void isCalledByTheClockByJobsAndByDeployments() {
    // when
    Template template = Synthesis.standard().controller();

    // then
    template.hasResourceProperties(
        "AWS::Events::Rule", Map.of("ScheduleExpression", "rate(1 minute)", "State", "ENABLED"));
    template.hasResourceProperties(
        "AWS::Events::Rule",
        Map.of(
            "EventPattern",
            Match.objectLike(
                Map.of("detail-type", List.of("EMR Serverless Job Run State Change")))));
    template.hasResourceProperties(
        "AWS::Events::Rule",
        Map.of(
            "EventPattern",
            Match.objectLike(
                Map.of(
                    "detail",
                    Map.of("name", List.of(Map.of("prefix", "/icestream/test/jobs/")))))));
    template.resourceCountIs("AWS::Lambda::Permission", 3);
  }

  @Test
  void runsTheFunctionWithWhatItHasToKnow() {
    // when
    Template template = Synthesis.standard().controller();

    // then
    template.hasResourceProperties(
        "AWS::Lambda::Function",
        Map.of(
            "FunctionName",
            "icestream-test-controller",
            "Handler",
            "io.icestream.controller.ControllerHandler",
            "Architectures",
            List.of("arm64"),
            "Environment",
            Map.of("Variables", Match.objectLike(Map.of("ICESTREAM_STAGE", "test")))));
  }

  @Test
  void ringsWhenAPipelineStandsStillOrTheControllerDoes() {
    // when
    Template template = Synthesis.standard().controller();

    // then
    template.hasResourceProperties(
        "AWS::CloudWatch::Alarm",
        Map.of(
            "MetricName", "HaltedPipelines",
            "Namespace", "Icestream",
            "Dimensions", List.of(Map.of("Name", "stage", "Value", "test")),
            "TreatMissingData", "breaching",
            "AlarmActions", Match.anyValue()));
    template.hasResourceProperties(
        "AWS::CloudWatch::Alarm",
        Map.of("MetricName", "BehindPipelines", "AlarmActions", Match.anyValue()));
  }

  @Test
  void mayDoWhatItsCallsNeedAndNothingElse() {
    // given
    Synthesis synthesis = Synthesis.of(Map.of("pipelines", List.of("pipelines/web-logs.yaml")));

    // when
    SortedSet<String> permissions = new TreeSet<>();
    for (String permission : policy(synthesis).permissions()) {
      permissions.add(
          permission.replaceAll("[0-9a-f]{64}", "HASH").replaceAll("Logs[0-9A-F]{8}", "Logs"));
    }

    // then
    assertThat(permissions)
        .containsExactlyInAnyOrder(
            "emr-serverless:GetApplication " + APPLICATION,
            "emr-serverless:ListJobRuns " + APPLICATION,
            "emr-serverless:StartJobRun " + APPLICATION,
            "emr-serverless:StopApplication " + APPLICATION,
            "emr-serverless:CancelJobRun " + APPLICATION + "/jobruns/*",
            "emr-serverless:GetJobRun " + APPLICATION + "/jobruns/*",
            "emr-serverless:TagResource " + APPLICATION + "/jobruns/*",
            "iam:PassRole arn:aws:iam::111122223333:role/icestream/test/jobs/*"
                + " {StringEquals={iam:PassedToService=[emr-serverless.amazonaws.com]}}",
            "ssm:GetParametersByPath"
                + " arn:aws:ssm:eu-central-1:111122223333:parameter/icestream/test/jobs",
            "ssm:GetParametersByPath"
                + " arn:aws:ssm:eu-central-1:111122223333:parameter/icestream/test/jobs/*",
            "s3:GetObject"
                + " arn:aws:s3:::cdk-hnb659fds-assets-111122223333-eu-central-1/HASH.jar",
            "s3:GetObject"
                + " arn:aws:s3:::cdk-hnb659fds-assets-111122223333-eu-central-1/HASH.zip",
            "s3:GetObject"
                + " arn:aws:s3:::icestream-test-artefacts-111122223333-eu-central-1/"
                + "environment.properties",
            "s3:GetObject"
                + " arn:aws:s3:::icestream-test-artefacts-111122223333-eu-central-1/controller/*",
            "s3:PutObject"
                + " arn:aws:s3:::icestream-test-artefacts-111122223333-eu-central-1/controller/*",
            "s3:DeleteObject"
                + " arn:aws:s3:::icestream-test-artefacts-111122223333-eu-central-1/controller/hold",
            "s3:ListBucket arn:aws:s3:::icestream-test-artefacts-111122223333-eu-central-1",
            "logs:CreateLogStream Logs.Arn",
            "logs:PutLogEvents Logs.Arn");
  }

  @Test
  void importsNothingOfAPipelineSoThatItCanBeRemoved() {
    // when
    Map<?, ?> outputs = (Map<?, ?>) Synthesis.standard().jobs().toJSON().get("Outputs");

    // then
    assertThat(outputs.keySet()).map(Object::toString).noneMatch(name -> name.contains("Pipeline"));
  }

  @Test
  void letsARequestBeSeenOnlyOnceTheRoleOfTheJobIsReady() {
    // when
    Map<String, Map<String, Object>> parameters =
        Synthesis.standard().jobs().findResources("AWS::SSM::Parameter");

    // then
    assertThat(parameters)
        .allSatisfy(
            (id, parameter) ->
                assertThat((List<?>) parameter.get("DependsOn"))
                    .anyMatch(name -> name.toString().contains("RoleDefaultPolicy")));
  }

  @Test
  void namesTheCommandThatBuildsAZipFileThatIsMissing() {
    assertThatThrownBy(() -> Synthesis.of(Map.of("controllerZip", "nowhere.zip")))
        .isInstanceOf(ContextException.class)
        .hasMessageContaining(
            "'controllerZip' is 'nowhere.zip', which does not exist. Build it with './mvnw -pl"
                + " controller -am -DskipTests package'.");
  }

  private static Policy policy(Synthesis synthesis) {
    Map<?, ?> policy =
        synthesis.controller().findResources("AWS::IAM::Policy").values().iterator().next();
    return Policy.of(
        (Map<?, ?>) ((Map<?, ?>) policy.get("Properties")).get("PolicyDocument"),
        new ResolvedTexts(synthesis.templates()));
  }
}
