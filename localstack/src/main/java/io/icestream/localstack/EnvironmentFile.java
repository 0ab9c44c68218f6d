/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The contract with the modules that talk to the servers: where Kafka is, how the catalog is
 * reached, where checkpoints go.
 */
final class EnvironmentFile {

  private EnvironmentFile() {}

  /**
   * Writes {@code environment.properties} in one step.
   *
   * @throws StackException if the file cannot be written
   */
  static void write(StackHome home, int kafkaPort, int s3Port) {
    PropertiesText.write(home.environment(), entries(home, kafkaPort, s3Port));
  }

  static Map<String, String> entries(StackHome home, int kafkaPort, int s3Port) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("kafka.bootstrap.servers", Loopback.HOST + ":" + kafkaPort);
    entries.put("catalog.name", "lake");
    entries.put("catalog.type", "jdbc");
    // Several processes commit to one file: wait for each other, and let readers go on meanwhile
    entries.put(
        "catalog.uri", "jdbc:sqlite:" + home.catalog() + "?busy_timeout=30000&journal_mode=WAL");
    entries.put("catalog.jdbc.schema-version", "V1");
    entries.put("catalog.warehouse", "s3://" + ServerConfiguration.BUCKET + "/warehouse");
    entries.put("catalog.io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
    entries.put("catalog.s3.endpoint", "http://" + Loopback.HOST + ":" + s3Port);
    entries.put("catalog.s3.path-style-access", "true");
    entries.put("catalog.s3.access-key-id", ServerConfiguration.ACCESS_KEY_ID);
    entries.put("catalog.s3.secret-access-key", ServerConfiguration.SECRET_ACCESS_KEY);
    entries.put("catalog.client.region", "us-east-1");
    entries.put("checkpoints", home.checkpoints().toString());
    // Several pipelines run side by side, and each leaves a file that says where it is
    entries.put("metrics.prometheus", Loopback.HOST + ":0");
    entries.put("metrics.prometheus.targets", home.metrics().toString());
    entries.put("metrics.interval", "2s");
    entries.put("metrics.tables.interval", "10s");
    return entries;
  }
}
