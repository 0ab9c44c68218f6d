/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.JobSettings.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The function that starts, watches, restarts and upgrades jobs. Events tell it early, the clock
 * tells it surely.
 */
public final class ControllerStack extends DeploymentStack {
  private static final int MEMORY_MB = 512;

  /**
   * @param scope the app
   * @param settings the deployment; with a controller
   * @param lake where it keeps what it remembers
   * @param jobs what it looks after
   * @param watch who is told
   */
  public ControllerStack(
      Construct scope, AwsEnvironment settings, LakeStack lake, JobsStack jobs, WatchStack watch) {
    super(scope, settings, "controller", "Icestream: what starts and upgrades jobs");
    LogGroup logs =
        Logs.group(this, "Logs", named("controller"), settings.jobs().logRetentionDays());
    Role role = role(lake.artefacts().getBucketName(), jobs, logs);
    Map<String, String> variables = new TreeMap<>();
    variables.put("ICESTREAM_STAGE", settings.place().stage());
    variables.put("ICESTREAM_APPLICATION_ID", jobs.applicationId());
    variables.put("ICESTREAM_STATE_BUCKET", lake.artefacts().getBucketName());
    Function function =
        Function.Builder.create(this, "Function")
            .functionName(named("controller"))
            .description("Starts, watches, restarts and upgrades the jobs of the pipelines")
            .runtime(Runtime.JAVA_17)
            .architecture(
                settings.jobs().architecture() == Architecture.ARM64
                    ? software.amazon.awscdk.services.lambda.Architecture.ARM_64
                    : software.amazon.awscdk.services.lambda.Architecture.X86_64)
            .handler("io.icestream.controller.ControllerHandler")
            .code(Code.fromAsset(settings.jobs().controllerZip().orElseThrow().toString()))
            .memorySize(MEMORY_MB)
            .timeout(Duration.minutes(2))
            // The next minute tries again
            .retryAttempts(0)
            .logGroup(logs)
            .role(role)
            .environment(variables)
            .build();
    Accepted.formerJava(function);
    callers(function, jobs.applicationId());
    alarms(watch);
    CfnOutput.Builder.create(this, "FunctionName")
        .description("What tells how the pipelines are, and holds, releases or retries them")
        .value(named("controller"))
        .build();
  }

  private void callers(Function function, String applicationId) {
    Rule.Builder.create(this, "EachMinute")
        .description("Events are delivered as well as can be; this one heals what they miss")
        .schedule(Schedule.rate(Duration.minutes(1)))
        .targets(List.of(target(function)))
        .build();
    Rule.Builder.create(this, "JobRunHasChanged")
        .description("A job run of the pipelines has another state")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.emr-serverless"))
                .detailType(List.of("EMR Serverless Job Run State Change"))
                .detail(Map.of("applicationId", List.of(applicationId)))
                .build())
        .targets(List.of(target(function)))
        .build();
    Rule.Builder.create(this, "RequestHasChanged")
        .description("A pipeline has been deployed, changed or removed")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.ssm"))
                .detailType(List.of("Parameter Store Change"))
                .detail(Map.of("name", List.of(Map.of("prefix", requests() + "/"))))
                .build())
        .targets(List.of(target(function)))
        .build();
  }

  private static LambdaFunction target(Function function) {
    return LambdaFunction.Builder.create(function).retryAttempts(0).build();
  }

  private void alarms(WatchStack watch) {
    Alarm halted =
        alarm("Halted", "pipeline-halted", 1)
            .alarmDescription(
                "A pipeline stands still and will not be started before somebody has looked, or the"
                    + " controller does not run. Its log says why: /icestream/"
                    + named("controller")
                    + ".")
            // The controller tells each minute, or is not there
            .treatMissingData(TreatMissingData.BREACHING)
            .build();
    Alarm behind =
        alarm("Behind", "release-not-running", 1)
            .alarmDescription(
                "A pipeline runs, but not as it is deployed: the new release has failed and was"
                    + " taken back, or lacks something. The log of the controller says why:"
                    + " /icestream/"
                    + named("controller")
                    + ".")
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    for (Alarm alarm : List.of(halted, behind)) {
      alarm.addAlarmAction(new SnsAction(watch.alarms()));
      alarm.addOkAction(new SnsAction(watch.alarms()));
    }
  }

  private Alarm.Builder alarm(String status, String name, int threshold) {
    return Alarm.Builder.create(this, status)
        .alarmName(named(name))
        .metric(
            Metric.Builder.create()
                .namespace("Icestream")
                .metricName(status + "Pipelines")
                .dimensionsMap(Map.of("stage", settings().place().stage()))
                .statistic("Maximum")
                .period(Duration.minutes(1))
                .build())
        .threshold(threshold)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        .evaluationPeriods(5)
        .datapointsToAlarm(3);
  }

  private String requests() {
    return "/icestream/" + settings().place().stage() + "/jobs";
  }

  private Role role(String stateBucket, JobsStack jobs, LogGroup logs) {
    Role role =
        Role.Builder.create(this, "Role")
            .description("What the controller of jobs may do")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    String application = arn("emr-serverless", "/applications/" + jobs.applicationId());
    String states = "arn:" + getPartition() + ":s3:::" + stateBucket;
    List<PolicyStatement> statements = new ArrayList<>();
    statements.add(
        allowed(
            "Application",
            List.of(
                "emr-serverless:GetApplication",
                "emr-serverless:ListJobRuns",
                "emr-serverless:StartJobRun",
                "emr-serverless:StopApplication"),
            List.of(application)));
    statements.add(
        allowed(
            "JobRuns",
            List.of(
                "emr-serverless:CancelJobRun",
                "emr-serverless:GetJobRun",
                "emr-serverless:TagResource"),
            List.of(application + "/jobruns/*")));
    statements.add(
        PolicyStatement.Builder.create()
            .sid("RolesOfJobs")
            .actions(List.of("iam:PassRole"))
            .resources(
                List.of(
                    "arn:"
                        + getPartition()
                        + ":iam::"
                        + getAccount()
                        + ":role"
                        + jobs.rolePath()
                        + "*"))
            .conditions(
                Map.of(
                    "StringEquals", Map.of("iam:PassedToService", "emr-serverless.amazonaws.com")))
            .build());
    statements.add(
        allowed(
            "Requests",
            List.of("ssm:GetParametersByPath"),
            List.of(
                arn("ssm", "parameter" + requests()),
                arn("ssm", "parameter" + requests() + "/*"))));
    statements.add(allowed("FilesOfJobs", List.of("s3:GetObject"), jobs.startFileArns()));
    statements.add(
        allowed(
            "States", List.of("s3:GetObject", "s3:PutObject"), List.of(states + "/controller/*")));
    statements.add(
        allowed("Release", List.of("s3:DeleteObject"), List.of(states + "/controller/hold")));
    // Without it S3 answers "forbidden" for an object that is not there
    statements.add(allowed("ListStates", List.of("s3:ListBucket"), List.of(states)));
    statements.add(
        allowed(
            "Log",
            List.of("logs:CreateLogStream", "logs:PutLogEvents"),
            List.of(logs.getLogGroupArn())));
    statements.forEach(role::addToPolicy);
    Accepted.wildcard(role, ".*\\/jobruns\\/\\*", "EMR Serverless numbers job runs by chance");
    Accepted.wildcard(role, ".*:parameter\\/icestream\\/.*", "A request for each pipeline");
    Accepted.wildcard(role, ".*:role\\/icestream\\/.*", "A role for each pipeline");
    Accepted.wildcard(role, ".*\\/controller\\/\\*", "A state for each pipeline");
    Accepted.wildcard(role, ".*Logs.*", "A group's ARN ends with a star, for its streams");
    return role;
  }

  private String arn(String service, String path) {
    return "arn:"
        + getPartition()
        + ":"
        + service
        + ":"
        + getRegion()
        + ":"
        + getAccount()
        + ":"
        + path;
  }

  private static PolicyStatement allowed(String id, List<String> actions, List<String> resources) {
    return PolicyStatement.Builder.create().sid(id).actions(actions).resources(resources).build();
  }
}
