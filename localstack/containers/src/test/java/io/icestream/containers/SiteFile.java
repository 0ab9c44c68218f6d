/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The environment file of a site. */
final class SiteFile {
  private SiteFile() {}

  /**
   * Writes it: tables and metrics in LocalStack.
   *
   * @param catalog the keys of the catalog alone
   */
  static void write(Site site, String bootstrapServers, Map<String, String> catalog) {
    String endpoint = site.localStack().endpoint().toString();
    Map<String, String> entries = new TreeMap<>(catalog);
    entries.put("kafka.bootstrap.servers", bootstrapServers);
    entries.put("catalog.name", "lake");
    entries.put("catalog.warehouse", "s3://" + LocalStack.BUCKET + "/warehouse");
    entries.put("catalog.io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
    entries.put("catalog.s3.endpoint", endpoint);
    entries.put("catalog.s3.path-style-access", "true");
    entries.put("catalog.s3.access-key-id", LocalStack.KEY);
    entries.put("catalog.s3.secret-access-key", LocalStack.KEY);
    entries.put("catalog.client.region", LocalStack.REGION);
    entries.put("checkpoints", site.home().resolve("checkpoints").toString());
    entries.put("metrics.cloudwatch", "true");
    entries.put("metrics.cloudwatch.endpoint", endpoint);
    entries.put("metrics.cloudwatch.region", LocalStack.REGION);
    entries.put("metrics.cloudwatch.step", "5s");
    entries.put("metrics.interval", "2s");
    entries.put("metrics.tables.interval", "2s");
    String text =
        entries.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue() + "\n")
            .collect(Collectors.joining());
    try {
      Files.writeString(site.environment(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
