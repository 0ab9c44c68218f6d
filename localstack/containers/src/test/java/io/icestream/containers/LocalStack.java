/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The emulated AWS, as clients on this machine reach it.
 *
 * @param endpoint where all its services are
 */
record LocalStack(URI endpoint) {
  static final String REGION = "us-east-1";
  static final String KEY = "test";
  static final String BUCKET = "lake";

  /** What clients of the SDK and the command line of the CDK find it by. */
  Map<String, String> variables() {
    return Map.of(
        "AWS_ACCESS_KEY_ID", KEY,
        "AWS_SECRET_ACCESS_KEY", KEY,
        "AWS_REGION", REGION,
        "AWS_DEFAULT_REGION", REGION,
        "AWS_ENDPOINT_URL", endpoint.toString());
  }

  /** Makes the bucket of the tables, if it is not there. */
  void provideBucket() {
    try (S3Client s3 = s3()) {
      if (s3.listBuckets().buckets().stream().noneMatch(each -> each.name().equals(BUCKET))) {
        var unused = s3.createBucket(request -> request.bucket(BUCKET));
      }
    }
  }

  S3Client s3() {
    return at(S3Client.builder().forcePathStyle(true)).build();
  }

  SqsClient sqs() {
    return at(SqsClient.builder()).build();
  }

  CloudWatchClient cloudWatch() {
    return at(CloudWatchClient.builder()).build();
  }

  CloudFormationClient cloudFormation() {
    return at(CloudFormationClient.builder()).build();
  }

  private <B extends AwsClientBuilder<B, C>, C> B at(B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)));
  }
}
