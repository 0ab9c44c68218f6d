/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentFileTest {

  @TempDir private Path directory;

  @Test
  void saysWhereEverythingIs() {
    // given
    StackHome home = new StackHome(Path.of("/data/ice"));

    // when
    Map<String, String> entries =
        EnvironmentFile.ofProcesses(home, StackServers.EMBEDDED, 19_092, 19_000);

    // then
    assertThat(entries)
        .containsExactly(
            Map.entry("kafka.bootstrap.servers", "127.0.0.1:19092"),
            Map.entry("catalog.name", "lake"),
            Map.entry("catalog.type", "jdbc"),
            Map.entry(
                "catalog.uri",
                "jdbc:sqlite:/data/ice/catalog.db?busy_timeout=30000&journal_mode=WAL"),
            Map.entry("catalog.jdbc.schema-version", "V1"),
            Map.entry("catalog.warehouse", "s3://lake/warehouse"),
            Map.entry("catalog.io-impl", "org.apache.iceberg.aws.s3.S3FileIO"),
            Map.entry("catalog.s3.endpoint", "http://127.0.0.1:19000"),
            Map.entry("catalog.s3.path-style-access", "true"),
            Map.entry("catalog.s3.access-key-id", "icestream"),
            Map.entry("catalog.s3.secret-access-key", "icestream-secret"),
            Map.entry("catalog.client.region", "us-east-1"),
            Map.entry("checkpoints", "/data/ice/checkpoints"),
            Map.entry("metrics.prometheus", "127.0.0.1:0"),
            Map.entry("metrics.prometheus.targets", "/data/ice/metrics"),
            Map.entry("metrics.interval", "2s"),
            Map.entry("metrics.tables.interval", "10s"));
  }

  @Test
  void namesLocalStackForTheObjectsAndForCloudWatchWhereItIsAProcess() {
    // when
    Map<String, String> entries =
        EnvironmentFile.ofProcesses(
            new StackHome(Path.of("/data/ice/localstack")), StackServers.LOCALSTACK, 19_092, 4_566);

    // then
    assertThat(entries)
        .containsEntry("catalog.type", "jdbc")
        .containsEntry("catalog.s3.endpoint", "http://127.0.0.1:4566")
        .containsEntry("catalog.s3.access-key-id", "test")
        .containsEntry("metrics.cloudwatch", "true")
        .containsEntry("metrics.cloudwatch.endpoint", "http://127.0.0.1:4566")
        .containsEntry("checkpoints", "/data/ice/localstack/checkpoints");
  }

  @Test
  void namesTheCatalogsServerWhereThereAreContainers() {
    // when
    Map<String, String> entries =
        EnvironmentFile.ofContainers(
            new StackHome(Path.of("/data/ice/localstack")), 19_092, 4_566, 8_181);

    // then
    assertThat(entries)
        .containsEntry("kafka.bootstrap.servers", "127.0.0.1:19092")
        .containsEntry("catalog.type", "rest")
        .containsEntry("catalog.uri", "http://127.0.0.1:8181")
        .containsEntry("catalog.warehouse", "s3://lake/warehouse")
        .containsEntry("catalog.s3.endpoint", "http://127.0.0.1:4566")
        .containsEntry("metrics.cloudwatch.endpoint", "http://127.0.0.1:4566")
        .doesNotContainKey("catalog.jdbc.schema-version");
  }

  @Test
  void survivesAPathWithBackslashesAndOtherAlphabets() throws Exception {
    // given
    StackHome home = new StackHome(directory.resolve("Übung\\ 日本"));
    home.create();

    // when
    PropertiesText.write(
        home.environment(), EnvironmentFile.ofProcesses(home, StackServers.EMBEDDED, 1, 2));

    // then
    Properties read = new Properties();
    try (InputStream in = Files.newInputStream(home.environment())) {
      read.load(in);
    }
    assertThat(read).hasSize(17).containsEntry("checkpoints", home.checkpoints().toString());
  }

  @Test
  void leavesNoTemporaryFileBehind() {
    // given
    StackHome home = new StackHome(directory);
    home.create();

    // when
    PropertiesText.write(
        home.environment(), EnvironmentFile.ofProcesses(home, StackServers.EMBEDDED, 1, 2));

    // then
    assertThat(directory.resolve("environment.properties.new")).doesNotExist();
  }
}
