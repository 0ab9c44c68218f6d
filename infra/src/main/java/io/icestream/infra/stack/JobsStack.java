/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.access.Places;
import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.JobSettings;
import io.icestream.model.PipelineDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.services.emrserverless.CfnApplication;
import software.amazon.awscdk.services.emrserverless.CfnApplication.AutoStartConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.AutoStopConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.CloudWatchLoggingConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.MaximumAllowedResourcesProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.MonitoringConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.NetworkConfigurationProperty;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.constructs.Construct;

/** The application that runs pipelines, and for each of them a role and what starts its job. */
public final class JobsStack extends DeploymentStack {
  private static final String RELEASE = "emr-7.14.0";
  private static final int IDLE_MINUTES = 15;

  private final CfnApplication application;
  private final List<String> startFileArns = new ArrayList<>();

  /**
   * @param scope the app
   * @param settings the deployment
   * @param network where jobs run
   * @param lake where they write
   * @param stream where they read
   * @param pipelines what they do
   */
  public JobsStack(
      Construct scope,
      AwsEnvironment settings,
      NetworkStack network,
      LakeStack lake,
      StreamStack stream,
      List<PipelineDefinition> pipelines) {
    super(scope, settings, "jobs", "Icestream: what runs the pipelines");
    LogGroup logs = Logs.group(this, "Logs", named("jobs"), settings.jobs().logRetentionDays());
    application = application(network, logs);
    Places places =
        new Places(
            getPartition(),
            getRegion(),
            getAccount(),
            stream.clusterPath(),
            lake.tables().getBucketName(),
            lake.checkpoints().getBucketName(),
            lake.tableBucketArn(),
            logs.getLogGroupName());
    EnvironmentFile environment =
        new EnvironmentFile(
            this,
            lake.artefacts().getBucketName(),
            new JobEnvironment(
                    settings.place().region(),
                    stream.bootstrapServers(),
                    lake.checkpoints().getBucketName(),
                    lake.warehouse(),
                    lake.tableBucketArn())
                .text());
    Asset jar = settings.jobs().jar().map(this::asset).orElse(null);
    for (PipelineDefinition pipeline : pipelines) {
      PipelineJob job = new PipelineJob(this, pipeline, places, environment, rolePath());
      startFileArns.add(job.filesArn());
      if (jar != null) {
        job.declareRequest(settings, application.getAttrApplicationId(), jar);
      }
    }
    startFileArns.add(environment.arn());
    if (jar != null) {
      startFileArns.add(
          "arn:%s:s3:::%s/%s"
              .formatted(getPartition(), jar.getS3BucketName(), jar.getS3ObjectKey()));
    }
    CfnOutput.Builder.create(this, "ApplicationId")
        .description("The EMR Serverless application of the pipelines")
        .value(application.getAttrApplicationId())
        .build();
  }

  /** The id of the application. */
  public String applicationId() {
    return application.getAttrApplicationId();
  }

  /**
   * The path of the roles of jobs, by which others name them: an export for each role would keep a
   * pipeline from being removed.
   */
  String rolePath() {
    return "/icestream/" + settings().place().stage() + "/jobs/";
  }

  /** The files that jobs need to start. */
  List<String> startFileArns() {
    return startFileArns;
  }

  private Asset asset(Path jar) {
    return Asset.Builder.create(this, "Jar").path(jar.toString()).build();
  }

  private CfnApplication application(NetworkStack network, LogGroup logs) {
    JobSettings jobs = settings().jobs();
    int workers = jobs.maxWorkers();
    return CfnApplication.Builder.create(this, "Application")
        .name(named("pipelines"))
        .releaseLabel(RELEASE)
        .type("SPARK")
        .architecture(jobs.architecture().name().toUpperCase(Locale.ROOT))
        .autoStartConfiguration(AutoStartConfigurationProperty.builder().enabled(true).build())
        // Workers that are kept ready cost by the hour: none is
        .autoStopConfiguration(
            AutoStopConfigurationProperty.builder()
                .enabled(true)
                .idleTimeoutMinutes(IDLE_MINUTES)
                .build())
        .maximumCapacity(
            MaximumAllowedResourcesProperty.builder()
                .cpu(workers * JobSettings.VCPUS + " vCPU")
                .memory(workers * JobSettings.MEMORY_GB + " GB")
                .disk(workers * JobSettings.DISK_GB + " GB")
                .build())
        .networkConfiguration(
            NetworkConfigurationProperty.builder()
                .subnetIds(network.subnetIds())
                .securityGroupIds(List.of(network.jobs().getSecurityGroupId()))
                .build())
        .monitoringConfiguration(
            MonitoringConfigurationProperty.builder()
                .cloudWatchLoggingConfiguration(
                    CloudWatchLoggingConfigurationProperty.builder()
                        .enabled(true)
                        .logGroupName(logs.getLogGroupName())
                        .build())
                .build())
        .build();
  }
}
