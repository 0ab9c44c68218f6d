/* SPDX-License-Identifier: MIT */
package io.icestream.infra.access;

import java.util.List;
import java.util.Optional;

/**
 * Where the things of a deployment are. The texts may stand for values that are known only when it
 * is made.
 *
 * @param partition first part of each ARN, such as {@code aws}
 * @param region the region
 * @param account the account
 * @param cluster name and UUID of the Kafka cluster, as its ARN ends
 * @param tables the bucket of the tables' files
 * @param checkpoints the bucket of the checkpoints
 * @param tableBucketArn the table bucket, if tables are in S3 Tables and not in Glue
 * @param logGroup the group of the jobs' logs
 */
public record Places(
    String partition,
    String region,
    String account,
    String cluster,
    String tables,
    String checkpoints,
    Optional<String> tableBucketArn,
    String logGroup) {
  /** The folder of the tables in their bucket. */
  public static final String WAREHOUSE = "warehouse";

  String kafka(String kind, String name) {
    return arn("kafka", kind + "/" + cluster + name);
  }

  String glue(String path) {
    return arn("glue", path);
  }

  String logs(String path) {
    return arn("logs", path);
  }

  /** Of a name: Secrets Manager puts a dash and six characters of its own behind it. */
  String secret(String name) {
    return arn("secretsmanager", "secret:" + name + "-??????");
  }

  String bucket(String name) {
    return "arn:" + partition + ":s3:::" + name;
  }

  /** ARN of one object. */
  public String object(String bucket, String key) {
    return bucket(bucket) + "/" + key;
  }

  List<String> objects(String bucket, List<String> prefixes) {
    return prefixes.stream().map(prefix -> bucket(bucket) + "/" + prefix).toList();
  }

  private String arn(String service, String path) {
    return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + path;
  }
}
