/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The environment file that a job reads: where Kafka, the catalog and the checkpoints are.
 *
 * @param region the region
 * @param bootstrapServers the brokers to start from
 * @param checkpoints the bucket of the checkpoints
 * @param warehouse the address of the tables' files, without S3 Tables
 * @param tableBucketArn the table bucket, with S3 Tables
 */
record JobEnvironment(
    String region,
    String bootstrapServers,
    String checkpoints,
    String warehouse,
    Optional<String> tableBucketArn) {
  /** The file as a text, sorted by key. */
  String text() {
    StringBuilder text = new StringBuilder();
    properties().forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString();
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put("checkpoints", "s3://" + checkpoints);
    properties.put("metrics.cloudwatch", "true");
    properties.put("metrics.cloudwatch.region", region);
    // No probe runs beside the jobs
    properties.put("metrics.freshness", "true");
    properties.put("registry.type", "glue");
    properties.put("registry.region", region);
    properties.put("kafka.bootstrap.servers", bootstrapServers);
    properties.put("kafka.security.protocol", "SASL_SSL");
    properties.put("kafka.sasl.mechanism", "AWS_MSK_IAM");
    properties.put(
        "kafka.sasl.jaas.config", "software.amazon.msk.auth.iam.IAMLoginModule required;");
    properties.put(
        "kafka.sasl.client.callback.handler.class",
        "software.amazon.msk.auth.iam.IAMClientCallbackHandler");
    properties.put("catalog.name", "lake");
    properties.put("catalog.io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
    properties.put("catalog.client.region", region);
    // Two writers of one prefix are told to slow down; more attempts outlast that
    properties.put("catalog.s3.retry.num-retries", "32");
    tableBucketArn.ifPresentOrElse(
        arn -> {
          properties.put("catalog.type", "rest");
          properties.put("catalog.uri", "https://s3tables." + region + ".amazonaws.com/iceberg");
          properties.put("catalog.warehouse", arn);
          properties.put("catalog.rest.sigv4-enabled", "true");
          properties.put("catalog.rest.signing-name", "s3tables");
          properties.put("catalog.rest.signing-region", region);
        },
        () -> {
          properties.put("catalog.catalog-impl", "org.apache.iceberg.aws.glue.GlueCatalog");
          properties.put("catalog.warehouse", warehouse);
        });
    return properties;
  }
}
