/* SPDX-License-Identifier: MIT */
package io.icestream.localstack.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * The directory that holds a broker's data.
 *
 * @param path the directory; created by formatting
 * @param serverProperties the broker's properties, which name the same directory
 */
record LogDirectory(Path path, Path serverProperties) {

  /**
   * Gives the directory a random cluster id, unless it has one. Kafka writes the file asked for
   * here last, so a format cut short by a crash is done again.
   *
   * @throws IllegalStateException if Kafka refuses to format
   */
  void formatOnFirstUse() {
    if (Files.exists(path.resolve("meta.properties"))) {
      return;
    }
    String[] format = {
      "format",
      "--cluster-id",
      Uuid.randomUuid().toString(),
      "--config",
      serverProperties.toString(),
      "--ignore-formatted"
    };
    int status = StorageTool.execute(format, System.out);
    if (status != 0) {
      throw new IllegalStateException("Kafka did not format " + path + ": status " + status);
    }
  }
}
