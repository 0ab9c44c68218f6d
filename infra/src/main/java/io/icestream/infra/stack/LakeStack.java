/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.access.PipelineTables;
import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.CatalogKind;
import io.icestream.infra.environment.ProducerSettings.ObjectFiles;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/** The buckets, the namespaces of the tables, and Athena. */
public final class LakeStack extends DeploymentStack {
  private final Bucket accessLogs;
  private final Bucket tables;
  private final Bucket checkpoints;
  private final Bucket artefacts;
  private final Optional<TableBucket> tableBucket;
  private final Optional<Bucket> landing;

  /**
   * @param scope the app
   * @param settings the deployment
   * @param pipelines the tables of each pipeline
   */
  public LakeStack(Construct scope, AwsEnvironment settings, List<PipelineTables> pipelines) {
    super(scope, settings, "lake", "Icestream: tables, checkpoints and what queries them");
    accessLogs = accessLogs();
    // No rule may remove what is current: only Iceberg knows which file a table still needs
    tables = bucket("Tables", "lake", 7);
    checkpoints = bucket("Checkpoints", "checkpoints", 7);
    artefacts = bucket("Artefacts", "artefacts", 30);
    landing =
        settings.producers().all().stream().anyMatch(ObjectFiles.class::isInstance)
            ? Optional.of(landingBucket())
            : Optional.empty();
    SortedSet<String> namespaces = new TreeSet<>();
    pipelines.forEach(pipeline -> namespaces.addAll(pipeline.namespaces()));
    if (settings.lake().catalog() == CatalogKind.S3TABLES) {
      tableBucket = Optional.of(new TableBucket(this, named("tables"), namespaces, dataRemoval()));
    } else {
      tableBucket = Optional.empty();
      new GlueDatabases(this, namespaces, warehouse(), dataRemoval());
    }
    new AthenaQueries(this, settings, pipelines);
  }

  /** The bucket of the tables' files; with S3 Tables nothing is in it. */
  public Bucket tables() {
    return tables;
  }

  /** The bucket of the checkpoints. */
  public Bucket checkpoints() {
    return checkpoints;
  }

  /** The bucket of what jobs need to start. */
  public Bucket artefacts() {
    return artefacts;
  }

  /** The bucket in which users put files; only with a producer that reads them. */
  public Optional<Bucket> landing() {
    return landing;
  }

  /** The table bucket's ARN, with S3 Tables. */
  public Optional<String> tableBucketArn() {
    return tableBucket.map(TableBucket::arn);
  }

  /** Under which address Glue keeps the files of a namespace's tables. */
  public String warehouse() {
    return "s3://" + tables.getBucketName() + "/warehouse";
  }

  private Bucket landingBucket() {
    Bucket bucket = bucket("Landing", "landing", 7);
    // The property of the construct would bring a Lambda that may change any bucket
    ((CfnBucket) bucket.getNode().getDefaultChild())
        .addPropertyOverride(
            "NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled", true);
    return bucket;
  }

  private Bucket accessLogs() {
    return bucketOf("AccessLogs", "logs")
        .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
        .lifecycleRules(
            List.of(
                LifecycleRule.builder().id("expire").expiration(Duration.days(90)).build(),
                abortedUploads()))
        .build();
  }

  /**
   * A bucket with versions.
   *
   * @param undoDays how long a file that was deleted or replaced can be brought back
   */
  private Bucket bucket(String id, String name, int undoDays) {
    return bucketOf(id, name)
        .versioned(true)
        .serverAccessLogsBucket(accessLogs)
        .serverAccessLogsPrefix(name + "/")
        .lifecycleRules(
            List.of(
                LifecycleRule.builder()
                    .id("forget-former-versions")
                    .noncurrentVersionExpiration(Duration.days(undoDays))
                    .expiredObjectDeleteMarker(true)
                    .build(),
                abortedUploads()))
        .build();
  }

  private Bucket.Builder bucketOf(String id, String name) {
    return Bucket.Builder.create(this, id)
        // By name, so that a second deployment cannot start an empty lake beside the one it lost
        .bucketName(named(name) + "-" + getAccount() + "-" + getRegion())
        .encryption(BucketEncryption.S3_MANAGED)
        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
        .enforceSsl(true)
        .minimumTlsVersion(1.2)
        .removalPolicy(dataRemoval())
        .autoDeleteObjects(false);
  }

  private static LifecycleRule abortedUploads() {
    return LifecycleRule.builder()
        .id("abort-uploads")
        .abortIncompleteMultipartUploadAfter(Duration.days(3))
        .build();
  }
}
