/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Objects in the bucket of a stack. */
final class StackObjects {

  private StackObjects() {}

  /** Stores an object and gives its ETag, without quotes. */
  static String put(Stack stack, String key, byte[] content) {
    try (S3Client s3 = client(stack)) {
      return s3.putObject(r -> r.bucket("lake").key(key), RequestBody.fromBytes(content))
          .eTag()
          .replace("\"", "");
    }
  }

  /** The text of an object. */
  static String text(Stack stack, String key) {
    try (S3Client s3 = client(stack)) {
      return s3.getObjectAsBytes(r -> r.bucket("lake").key(key)).asString(UTF_8);
    }
  }

  private static S3Client client(Stack stack) {
    Map<String, String> catalog = stack.environment().catalog();
    return S3Client.builder()
        .endpointOverride(URI.create(catalog.get("s3.endpoint")))
        .region(Region.of(catalog.get("client.region")))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    catalog.get("s3.access-key-id"), catalog.get("s3.secret-access-key"))))
        .build();
  }
}
