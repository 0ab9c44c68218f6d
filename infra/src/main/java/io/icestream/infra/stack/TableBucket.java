/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import java.util.SortedSet;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.s3tables.CfnNamespace;
import software.amazon.awscdk.services.s3tables.CfnTableBucket;
import software.amazon.awscdk.services.s3tables.CfnTableBucket.EncryptionConfigurationProperty;
import software.constructs.Construct;

/** A bucket of S3 Tables and the namespaces in it. */
final class TableBucket extends Construct {
  private final CfnTableBucket bucket;

  TableBucket(Construct scope, String name, SortedSet<String> namespaces, RemovalPolicy removal) {
    super(scope, "TableBucket");
    bucket =
        CfnTableBucket.Builder.create(this, "Bucket")
            .tableBucketName(name)
            .encryptionConfiguration(
                EncryptionConfigurationProperty.builder().sseAlgorithm("AES256").build())
            .build();
    bucket.applyRemovalPolicy(removal);
    for (String namespace : namespaces) {
      CfnNamespace.Builder.create(this, "Namespace-" + namespace)
          .tableBucketArn(bucket.getAttrTableBucketArn())
          .namespace(namespace)
          .build()
          .applyRemovalPolicy(removal);
    }
  }

  String arn() {
    return bucket.getAttrTableBucketArn();
  }
}
