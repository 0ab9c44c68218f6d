/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.customresources.AwsCustomResource;
import software.amazon.awscdk.customresources.AwsCustomResourcePolicy;
import software.amazon.awscdk.customresources.AwsSdkCall;
import software.amazon.awscdk.customresources.PhysicalResourceId;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * The environment file of all jobs. It cannot be an asset: the addresses of the brokers are known
 * only while the stack is deployed.
 */
final class EnvironmentFile extends Construct {
  static final String NAME = "environment.properties";

  private final String bucket;

  EnvironmentFile(Construct scope, String bucket, String text) {
    super(scope, "Environment");
    this.bucket = bucket;
    Map<String, Object> parameters = new TreeMap<>();
    parameters.put("Bucket", bucket);
    parameters.put("Key", NAME);
    parameters.put("Body", text);
    parameters.put("ContentType", "text/plain; charset=utf-8");
    AwsCustomResource.Builder.create(this, "File")
        .resourceType("Custom::EnvironmentFile")
        .onUpdate(
            AwsSdkCall.builder()
                .service("S3")
                .action("putObject")
                .parameters(parameters)
                .physicalResourceId(PhysicalResourceId.of(NAME))
                // The answer may have anything in it, and nothing of it is used
                .outputPaths(List.of("ETag"))
                .build())
        .installLatestAwsSdk(false)
        .policy(
            AwsCustomResourcePolicy.fromStatements(
                List.of(
                    PolicyStatement.Builder.create()
                        .actions(List.of("s3:PutObject"))
                        .resources(List.of(arn()))
                        .build())))
        .build();
    Accepted.sdkCalls(Stack.of(this));
  }

  String arn() {
    return "arn:" + Stack.of(this).getPartition() + ":s3:::" + bucket + "/" + NAME;
  }

  String url() {
    return "s3://" + bucket + "/" + NAME;
  }
}
