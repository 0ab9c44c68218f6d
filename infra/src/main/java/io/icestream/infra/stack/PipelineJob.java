/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.access.Grant;
import io.icestream.infra.access.PipelineFiles;
import io.icestream.infra.access.PipelineGrants;
import io.icestream.infra.access.Places;
import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.model.PipelineDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.IgnoreMode;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.amazon.awscdk.services.ssm.CfnParameter;
import software.constructs.Construct;

/** One pipeline: its files, its role, and the request that starts its job. */
final class PipelineJob extends Construct {
  private final PipelineDefinition pipeline;
  private final Asset files;
  private final Role role;
  private final Places places;
  private final EnvironmentFile environment;

  PipelineJob(
      Construct scope,
      PipelineDefinition pipeline,
      Places places,
      EnvironmentFile environment,
      String rolePath) {
    super(scope, "Pipeline-" + pipeline.name());
    this.pipeline = pipeline;
    this.places = places;
    this.environment = environment;
    files = files();
    role =
        Role.Builder.create(this, "Role")
            .description("What the job of pipeline " + pipeline.name() + " may do")
            .path(rolePath)
            .assumedBy(
                ServicePrincipal.Builder.create("emr-serverless.amazonaws.com")
                    .conditions(
                        Map.of("StringEquals", Map.of("aws:SourceAccount", places.account())))
                    .build())
            .build();
    List<String> startFiles = new ArrayList<>();
    startFiles.add(environment.arn());
    startFiles.add(arn(files));
    grants(startFiles).forEach(grant -> role.addToPolicy(statement(grant)));
    acceptWildcards();
  }

  /**
   * Declares how the job is started.
   *
   * @param jar what it runs
   */
  void declareRequest(AwsEnvironment settings, String applicationId, Asset jar) {
    role.addToPolicy(
        statement(
            new Grant("ReadTheJar", List.of("s3:GetObject"), List.of(arn(jar)), new TreeMap<>())));
    JobRequest request =
        new JobRequest(
            pipeline,
            applicationId,
            role.getRoleArn(),
            jar.getS3ObjectUrl(),
            files.getS3ObjectUrl(),
            environment.url(),
            places.logGroup());
    CfnParameter parameter =
        CfnParameter.Builder.create(this, "Request")
            .name("/icestream/" + settings.place().stage() + "/jobs/" + pipeline.name())
            .description("The StartJobRun request of pipeline " + pipeline.name())
            .type("String")
            // The request may outgrow what the standard tier takes
            .tier("Intelligent-Tiering")
            .value(Stack.of(this).toJsonString(request.of(settings.jobs())))
            .build();
    // Whoever sees the request starts the job: what the role is to allow has to be there
    parameter.getNode().addDependency(role.getNode().findChild("DefaultPolicy"));
  }

  /** The pipeline file and its schemas. */
  String filesArn() {
    return arn(files);
  }

  /** JobPolicyTest holds the permissions themselves against what was derived by hand. */
  private void acceptWildcards() {
    Accepted.wildcard(
        role, "\\*", "PutMetricData knows no resources; a condition names the namespace");
    Accepted.wildcard(
        role, "arn:.*:kafka:.*\\/icestream\\..*\\.\\*", "Spark ends the name of a group by chance");
    Accepted.wildcard(
        role,
        "arn:.*:logs:.*:\\*",
        "Streams are named by job run; EMR looks for its group among all");
    Accepted.wildcard(
        role, "arn:.*:s3:::.*\\/.*\\*", "Files of one table or checkpoint, named by chance");
    Accepted.wildcard(
        role, ".*\\/table\\/\\*", "Tables of S3 Tables are numbered; conditions give their names");
    Accepted.wildcard(
        role, "arn:.*:glue:.*:table\\/.*_\\*", "A routed sink has a table for each value");
    Accepted.wildcard(
        role,
        "arn:.*:glue:.*:(registry|schema)\\/\\*",
        "Records name their schema by the number of a version");
  }

  private List<Grant> grants(List<String> startFiles) {
    return PipelineGrants.of(pipeline, places, startFiles);
  }

  private String arn(Asset asset) {
    return "arn:"
        + places.partition()
        + ":s3:::"
        + asset.getS3BucketName()
        + "/"
        + asset.getS3ObjectKey();
  }

  /** The pipeline file and its schemas, and nothing else that is beside them. */
  private Asset files() {
    PipelineFiles wanted = PipelineFiles.of(pipeline);
    List<String> excluded = new ArrayList<>();
    excluded.add("**");
    wanted.paths().forEach(path -> excluded.add("!" + path));
    return Asset.Builder.create(this, "Files")
        .path(wanted.folder().toString())
        .exclude(excluded)
        .ignoreMode(IgnoreMode.DOCKER)
        .build();
  }

  private static PolicyStatement statement(Grant grant) {
    return PolicyStatement.Builder.create()
        .sid(grant.id())
        .actions(grant.actions())
        .resources(grant.resources())
        .conditions(grant.conditions())
        .build();
  }
}
