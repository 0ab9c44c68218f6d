/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The contract with the modules that talk to the servers: where Kafka is, how the catalog is
 * reached, where checkpoints and metrics go.
 */
final class EnvironmentFile {

  /** What LocalStack takes as anybody's credentials. */
  private static final String TEST = "test";

  private static final String REGION = "us-east-1";

  private final StackHome home;
  private final Map<String, String> entries = new LinkedHashMap<>();

  private EnvironmentFile(StackHome home) {
    this.home = home;
  }

  /**
   * The entries for servers that are processes. Their catalog is a file.
   *
   * @param storePort where the server is that has S3
   */
  static Map<String, String> ofProcesses(
      StackHome home, StackServers servers, int kafkaPort, int storePort) {
    EnvironmentFile file = new EnvironmentFile(home);
    file.kafka(kafkaPort);
    file.jdbcCatalog();
    switch (servers) {
      case EMBEDDED -> {
        file.store(
            storePort, ServerConfiguration.ACCESS_KEY_ID, ServerConfiguration.SECRET_ACCESS_KEY);
        file.state();
      }
      case LOCALSTACK -> {
        file.store(storePort, TEST, TEST);
        file.state();
        file.cloudWatch(storePort);
      }
    }
    return file.entries;
  }

  /** The entries for servers that are containers, by the ports that they have on loopback. */
  static Map<String, String> ofContainers(
      StackHome home, int kafkaPort, int localStackPort, int catalogPort) {
    EnvironmentFile file = new EnvironmentFile(home);
    file.kafka(kafkaPort);
    file.put("catalog.name", "lake");
    file.put("catalog.type", "rest");
    file.put("catalog.uri", "http://" + Loopback.HOST + ":" + catalogPort);
    file.store(localStackPort, TEST, TEST);
    file.state();
    file.cloudWatch(localStackPort);
    return file.entries;
  }

  private void kafka(int port) {
    put("kafka.bootstrap.servers", Loopback.HOST + ":" + port);
  }

  private void jdbcCatalog() {
    put("catalog.name", "lake");
    put("catalog.type", "jdbc");
    // Several processes commit to one file: wait for each other, and let readers go on meanwhile
    put("catalog.uri", "jdbc:sqlite:" + home.catalog() + "?busy_timeout=30000&journal_mode=WAL");
    put("catalog.jdbc.schema-version", "V1");
  }

  private void store(int port, String accessKeyId, String secretAccessKey) {
    put("catalog.warehouse", "s3://" + ServerConfiguration.BUCKET + "/warehouse");
    put("catalog.io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
    put("catalog.s3.endpoint", "http://" + Loopback.HOST + ":" + port);
    put("catalog.s3.path-style-access", "true");
    put("catalog.s3.access-key-id", accessKeyId);
    put("catalog.s3.secret-access-key", secretAccessKey);
    put("catalog.client.region", REGION);
  }

  private void state() {
    put("checkpoints", home.checkpoints().toString());
    // Several pipelines run side by side, and each leaves a file that says where it is
    put("metrics.prometheus", Loopback.HOST + ":0");
    put("metrics.prometheus.targets", home.metrics().toString());
    put("metrics.interval", "2s");
    put("metrics.tables.interval", "10s");
  }

  private void cloudWatch(int port) {
    put("metrics.cloudwatch", "true");
    put("metrics.cloudwatch.endpoint", "http://" + Loopback.HOST + ":" + port);
    put("metrics.cloudwatch.region", REGION);
    put("metrics.cloudwatch.access-key-id", TEST);
    put("metrics.cloudwatch.secret-access-key", TEST);
    put("metrics.cloudwatch.step", "15s");
  }

  private void put(String key, String value) {
    entries.put(key, value);
  }
}
