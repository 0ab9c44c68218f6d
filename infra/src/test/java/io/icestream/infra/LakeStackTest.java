/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class LakeStackTest {
  @Test
  void keepsItsDataWhenTheStackGoes() {
    // when
    Template template = Synthesis.standard().lake();

    // then
    for (String type : List.of("AWS::S3::Bucket", "AWS::Glue::Database")) {
      template.allResources(
          type,
          Match.objectLike(Map.of("DeletionPolicy", "Retain", "UpdateReplacePolicy", "Retain")));
    }
  }

  @Test
  void leavesNothingBehindWhereTheStageSaysSo() {
    // when
    Template template = Synthesis.of(Map.of("removal", "destroy")).lake();

    // then
    template.allResources("AWS::S3::Bucket", Match.objectLike(Map.of("DeletionPolicy", "Delete")));
  }

  @Test
  void encryptsAndClosesEachBucket() {
    // when
    Template template = Synthesis.standard().lake();

    // then
    template.resourceCountIs("AWS::S3::Bucket", 4);
    template.allResourcesProperties(
        "AWS::S3::Bucket",
        Match.objectLike(
            Map.of(
                "BucketEncryption",
                Match.anyValue(),
                "PublicAccessBlockConfiguration",
                Map.of(
                    "BlockPublicAcls", true,
                    "BlockPublicPolicy", true,
                    "IgnorePublicAcls", true,
                    "RestrictPublicBuckets", true))));
    template.resourceCountIs("AWS::S3::BucketPolicy", 4);
  }

  @Test
  void neverExpiresWhatATableMayNeed() {
    // when
    Map<String, Map<String, Object>> buckets =
        Synthesis.standard()
            .lake()
            .findResources(
                "AWS::S3::Bucket",
                Map.of(
                    "Properties",
                    Map.of(
                        "BucketName",
                        Match.stringLikeRegexp("icestream-test-(lake|checkpoints|artefacts)-.*"))));

    // then
    assertThat(buckets).hasSize(3);
    assertThat(buckets.toString())
        .contains("NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload")
        .doesNotContain("ExpirationInDays");
  }

  @Test
  void declaresADatabaseForEachNamespaceThatIsWritten() {
    // when
    Template template = Synthesis.standard().lake();

    // then 'ref', which iot-telemetry only reads, is somebody else's
    assertThat(template.findResources("AWS::Glue::Database").keySet())
        .map(id -> id.replaceAll("Databases|[0-9A-F]{8}$", ""))
        .containsExactlyInAnyOrder("iot", "machine", "shop", "web");
  }

  @Test
  void boundsWhatAQueryReads() {
    // when
    Template template = Synthesis.of(Map.of("scanLimitGb", "5")).lake();

    // then
    template.hasResourceProperties(
        "AWS::Athena::WorkGroup",
        Map.of(
            "WorkGroupConfiguration",
            Match.objectLike(
                Map.of(
                    "BytesScannedCutoffPerQuery",
                    5_000_000_000L,
                    "EnforceWorkGroupConfiguration",
                    true))));
  }

  @Test
  void hasFirstQueriesForEachTable() {
    // when
    Template template = Synthesis.standard().lake();

    // then
    template.hasResourceProperties(
        "AWS::Athena::NamedQuery",
        Map.of("QueryString", "SELECT * FROM \"iot\".\"quarantine\" LIMIT 100"));
    template.hasResourceProperties(
        "AWS::Athena::NamedQuery",
        Map.of("QueryString", "SELECT * FROM \"shop\".\"customers_deletions\" LIMIT 100"));
    template.hasResourceProperties(
        "AWS::Athena::NamedQuery",
        Map.of(
            "Name",
            "Last commits of iot.readings",
            "QueryString",
            Match.stringLikeRegexp("FROM \"iot\"\\.\"readings\\$snapshots\"")));
    template.hasResourceProperties(
        "AWS::Athena::NamedQuery",
        Map.of(
            "Name",
            "Why records are in iot.quarantine, of the last seven days",
            "Database",
            "iot",
            "QueryString",
            Match.stringLikeRegexp("FROM \"iot\"\\.\"quarantine\" WHERE time > ")));
  }

  @Test
  void putsNamespacesIntoATableBucketWhereTheStageSaysSo() {
    // when
    Template template = Synthesis.of(Map.of("catalog", "s3tables")).lake();

    // then
    template.resourceCountIs("AWS::Glue::Database", 0);
    template.resourceCountIs("AWS::S3Tables::TableBucket", 1);
    template.resourceCountIs("AWS::S3Tables::Namespace", 4);
    template.hasResourceProperties(
        "AWS::Athena::NamedQuery",
        Map.of(
            "QueryString",
            "SELECT * FROM \"s3tablescatalog/icestream-test-tables\".\"iot\".\"readings\""
                + " LIMIT 100"));
  }
}
