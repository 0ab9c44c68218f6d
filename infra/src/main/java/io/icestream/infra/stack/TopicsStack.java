/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.access.TopicDeclaration;
import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.JobSettings.Architecture;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.customresources.Provider;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * Makes and changes the topics of MSK Serverless while the stack is deployed, by a function in the
 * VPC. It removes none, and its role could not.
 */
public final class TopicsStack extends DeploymentStack {
  /**
   * @param scope the app
   * @param settings the deployment; with functions
   * @param network where the brokers are
   * @param stream the brokers
   * @param topics what has to be there
   */
  public TopicsStack(
      Construct scope,
      AwsEnvironment settings,
      NetworkStack network,
      StreamStack stream,
      List<TopicDeclaration> topics) {
    super(scope, settings, "topics", "Icestream: what makes the topics that pipelines read");
    int days = settings.jobs().logRetentionDays();
    LogGroup logs = Logs.group(this, "Logs", named("topics"), days);
    Map<String, String> variables = new TreeMap<>();
    variables.put("ICESTREAM_BOOTSTRAP_SERVERS", stream.bootstrapServers());
    Function function =
        Function.Builder.create(this, "Function")
            .functionName(named("topics"))
            .description("Makes and changes topics, and removes none")
            .runtime(Runtime.JAVA_17)
            .architecture(
                settings.jobs().architecture() == Architecture.ARM64
                    ? software.amazon.awscdk.services.lambda.Architecture.ARM_64
                    : software.amazon.awscdk.services.lambda.Architecture.X86_64)
            .handler("io.icestream.producers.topic.TopicAdminHandler")
            .code(Code.fromAsset(settings.jobs().functionsZip().orElseThrow().toString()))
            .memorySize(1024)
            .timeout(Duration.minutes(5))
            .logGroup(logs)
            .role(role(stream, topics, logs))
            .environment(variables)
            .vpc(network.vpc())
            .vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build())
            .securityGroups(List.of(network.clients()))
            .build();
    Accepted.formerJava(function);
    Provider provider =
        Provider.Builder.create(this, "Provider")
            .onEventHandler(function)
            .logGroup(Logs.group(this, "ProviderLogs", named("topics-provider"), days))
            .build();
    Accepted.provider(provider);
    CustomResource.Builder.create(this, "Declared")
        .resourceType("Custom::Topics")
        .serviceToken(provider.getServiceToken())
        .properties(Map.of("Topics", TopicsToCreate.json(this, topics)))
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
  }

  private Role role(StreamStack stream, List<TopicDeclaration> topics, LogGroup logs) {
    Role role =
        Role.Builder.create(this, "Role")
            .description("What makes topics may do")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    String kafka = "arn:" + getPartition() + ":kafka:" + getRegion() + ":" + getAccount() + ":";
    role.addToPolicy(
        allowed("Connect", List.of("kafka-cluster:Connect"), List.of(stream.clusterArn())));
    role.addToPolicy(
        allowed(
            "Topics",
            List.of(
                "kafka-cluster:AlterTopic",
                "kafka-cluster:AlterTopicDynamicConfiguration",
                "kafka-cluster:CreateTopic",
                "kafka-cluster:DescribeTopic",
                "kafka-cluster:DescribeTopicDynamicConfiguration"),
            topics.stream()
                .map(topic -> kafka + "topic/" + stream.clusterPath() + "/" + topic.name())
                .toList()));
    role.addToPolicy(
        allowed(
            "Log",
            List.of("logs:CreateLogStream", "logs:PutLogEvents"),
            List.of(logs.getLogGroupArn())));
    role.addToPolicy(
        allowed(
            "InterfacesInTheVpc",
            List.of(
                "ec2:AssignPrivateIpAddresses",
                "ec2:CreateNetworkInterface",
                "ec2:DeleteNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "ec2:UnassignPrivateIpAddresses"),
            List.of("*")));
    Accepted.wildcard(role, "\\*", "Lambda makes the interfaces, which have no names yet");
    Accepted.wildcard(role, ".*Logs.*", "A group's ARN ends with a star, for its streams");
    return role;
  }

  private static PolicyStatement allowed(String id, List<String> actions, List<String> resources) {
    return PolicyStatement.Builder.create().sid(id).actions(actions).resources(resources).build();
  }
}
