/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.access.TopicDeclaration;
import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.dashboard.CloudWatchDashboard;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmWidget;
import software.amazon.awscdk.services.cloudwatch.CfnDashboard;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * Who is told when pipelines do not run, and where one looks. Events of EMR are delivered as well
 * as AWS can; the alarm on what is running does not depend on them.
 */
public final class WatchStack extends DeploymentStack {
  private static final String EMR = "AWS/EMRServerless";

  private final Topic alarms;

  /**
   * @param scope the app
   * @param settings the deployment
   * @param jobs what is watched
   * @param pipelines what the jobs do
   * @param topics what pipelines read
   */
  public WatchStack(
      Construct scope,
      AwsEnvironment settings,
      JobsStack jobs,
      List<PipelineDefinition> pipelines,
      List<TopicDeclaration> topics) {
    super(scope, settings, "watch", "Icestream: alarms and a dashboard");
    alarms =
        Topic.Builder.create(this, "Alarms")
            .displayName("Alarms of Icestream, stage " + settings.place().stage())
            .enforceSsl(true)
            .build();
    settings.alarmAddress().map(EmailSubscription::new).ifPresent(alarms::addSubscription);
    // A topic with a policy of its own has lost the one by which alarms of the account may publish
    alarms.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("AlarmsOfTheAccount")
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(alarms.getTopicArn()))
            .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", getAccount())))
            .build());
    Alarm running = running(settings, jobs.applicationId());
    tell(List.of(running));
    tell(new CatalogueAlarms(this, settings, pipelines).all());
    tell(new ProducerAlarms(this, settings).all());
    failures(jobs.applicationId());
    Dashboard.Builder.create(this, "Dashboard")
        .dashboardName(named("pipelines"))
        .widgets(
            List.of(
                List.<IWidget>of(
                    AlarmWidget.Builder.create()
                        .title("Jobs that run, of " + settings.pipelines().size())
                        .alarm(running)
                        .width(12)
                        .build(),
                    graph(
                        "Jobs that wait or have failed",
                        List.of(
                            jobs(jobs.applicationId(), "PendingJobs"),
                            jobs(jobs.applicationId(), "FailedJobs")))),
                List.<IWidget>of(
                    graph(
                        "Bytes that arrive per second, by topic",
                        topics.stream().map(topic -> arriving(topic.name())).toList()))))
        .build();
    CfnDashboard.Builder.create(this, "Metrics")
        .dashboardName(named("metrics"))
        .dashboardBody(
            CloudWatchDashboard.text(
                settings.place().region(), !settings.producers().measured().isEmpty()))
        .build();
  }

  /** Who is told of alarms. */
  Topic alarms() {
    return alarms;
  }

  private void tell(List<Alarm> about) {
    SnsAction action = new SnsAction(alarms);
    for (Alarm alarm : about) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }

  private Alarm running(AwsEnvironment settings, String applicationId) {
    int wanted = settings.pipelines().size();
    return Alarm.Builder.create(this, "JobNotRunning")
        .alarmName(named("job-not-running"))
        .alarmDescription(
            "Fewer than "
                + wanted
                + " jobs have been running for ten minutes. See the job runs of the application, and"
                + " the logs in /icestream/"
                + named("jobs")
                + ".")
        .metric(jobs(applicationId, "RunningJobs"))
        .threshold(wanted)
        .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
        .evaluationPeriods(10)
        .datapointsToAlarm(10)
        // An application that has stopped counts nothing
        .treatMissingData(TreatMissingData.BREACHING)
        .build();
  }

  private void failures(String applicationId) {
    Rule.Builder.create(this, "JobFailed")
        .description("A job run has failed more often than EMR repeats it")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.emr-serverless"))
                .detailType(List.of("EMR Serverless Job Run State Change"))
                .detail(Map.of("applicationId", List.of(applicationId), "state", List.of("FAILED")))
                .build())
        .targets(List.of(new SnsTopic(alarms)))
        .build();
  }

  private IWidget graph(String title, List<? extends IMetric> metrics) {
    return GraphWidget.Builder.create().title(title).left(metrics).width(12).build();
  }

  private static Metric jobs(String applicationId, String name) {
    return Metric.Builder.create()
        .namespace(EMR)
        .metricName(name)
        .dimensionsMap(Map.of("ApplicationId", applicationId))
        .statistic("Maximum")
        .period(Duration.minutes(1))
        .build();
  }

  private Metric arriving(String topic) {
    return Metric.Builder.create()
        .namespace("AWS/Kafka")
        .metricName("BytesInPerSec")
        .dimensionsMap(Map.of("Cluster Name", named("kafka"), "Topic", topic))
        .statistic("Sum")
        .period(Duration.minutes(1))
        .label(topic)
        .build();
  }
}
