/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.access.Grant;
import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.JobSettings.Architecture;
import io.icestream.infra.environment.ProducerSettings.Producer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.CfnFunction.DeadLetterConfigProperty;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * A function of the producers: in the VPC, started from a snapshot, with a role of its own. It is
 * called by its alias, since only published versions have snapshots.
 */
final class ProducerFunction extends Construct {
  private static final int MEMORY_MB = 1024;

  private final Role role;
  private final LogGroup log;
  private final Function function;
  private final Alias live;

  ProducerFunction(
      DeploymentStack scope,
      Producer producer,
      FunctionShape shape,
      NetworkStack network,
      Asset zip,
      Map<String, String> variables) {
    super(scope, "Producer-" + producer.name());
    AwsEnvironment settings = scope.settings();
    log =
        Logs.group(
            this,
            "Log",
            scope.named("producer-" + producer.name()),
            settings.jobs().logRetentionDays());
    role =
        Role.Builder.create(this, "Role")
            .description("What producer " + producer.name() + " may do")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    List<ISecurityGroup> groups = new ArrayList<>(shape.groups());
    groups.add(0, network.clients());
    function =
        Function.Builder.create(this, "Function")
            .functionName(scope.named(producer.name()))
            .description("Icestream: " + shape.type() + " to Kafka")
            .runtime(Runtime.JAVA_17)
            .architecture(
                settings.jobs().architecture() == Architecture.ARM64
                    ? software.amazon.awscdk.services.lambda.Architecture.ARM_64
                    : software.amazon.awscdk.services.lambda.Architecture.X86_64)
            .handler(shape.handler())
            .code(Code.fromBucket(zip.getBucket(), zip.getS3ObjectKey()))
            .memorySize(MEMORY_MB)
            .timeout(shape.timeout())
            .reservedConcurrentExecutions(producer.concurrency())
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            .role(role)
            .logGroup(log)
            .environment(variables)
            .vpc(network.vpc())
            .vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build())
            .securityGroups(groups)
            .build();
    Accepted.runtime(function);
    live =
        Alias.Builder.create(this, "Live")
            .aliasName("live")
            .version(function.getCurrentVersion())
            .build();
  }

  /** What callers call. */
  Alias live() {
    return live;
  }

  LogGroup logGroup() {
    return log;
  }

  /** Where calls go that nobody waits for and that have failed for good. */
  void keepDeadLetters(Queue queue) {
    ((CfnFunction) function.getNode().getDefaultChild())
        .setDeadLetterConfig(
            DeadLetterConfigProperty.builder().targetArn(queue.getQueueArn()).build());
  }

  void allow(List<Grant> grants) {
    for (Grant grant : grants) {
      role.addToPolicy(
          PolicyStatement.Builder.create()
              .sid(grant.id())
              .actions(grant.actions())
              .resources(grant.resources())
              .conditions(grant.conditions())
              .build());
    }
    Accepted.wildcard(
        role, "\\*", "Interfaces of the VPC are made by Lambda and have no names yet");
    Accepted.wildcard(role, ".*:log-group:.*:\\*", "Streams of its own group, named by chance");
    Accepted.wildcard(
        role,
        "arn:.*:kafka:.*icestream-source-\\*",
        "Transactions of objects are named by what they hold");
    Accepted.wildcard(
        role, ".*secretsmanager:.*-\\?{6}", "What Secrets Manager puts behind a secret's name");
    Accepted.wildcard(
        role, ".*\\/\\*", "Objects of the landing bucket, which users name, or states of a poller");
  }
}
