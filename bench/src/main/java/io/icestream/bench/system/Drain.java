/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import io.icestream.bench.lake.Lake;
import io.icestream.bench.lake.Partitions;
import io.icestream.bench.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * One topic to drain.
 *
 * @param workload what is in the topic
 * @param rows how many records
 * @param topic its name
 * @param bootstrapServers the broker
 * @param folder of its own, absolute and empty: catalog, warehouse, checkpoints and logs go there
 * @param settings the same for all systems
 */
public record Drain(
    Workload workload,
    long rows,
    String topic,
    String bootstrapServers,
    Path folder,
    Settings settings) {

  /**
   * What all systems are given alike.
   *
   * @param commitRows rows of one commit, as near as a system can be told
   * @param commitEvery time between two commits of a system that cannot be told a number of rows
   * @param heap the largest heap, as {@code -Xmx} takes it
   * @param partitions of the table
   * @param profile whether Icestream is recorded by the JDK's flight recorder
   */
  public record Settings(
      long commitRows, Duration commitEvery, String heap, Partitions partitions, boolean profile) {}

  /** The catalog and the store. */
  public Lake lake() {
    return new Lake(folder.resolve("lake"));
  }

  /** Makes the catalog and an empty table with these properties besides version 2. */
  void createTable(Map<String, String> properties) {
    try {
      Files.createDirectories(lake().folder());
    } catch (IOException e) {
      throw new UncheckedIOException(lake().folder() + " cannot be made", e);
    }
    lake().create(workload.shape(), settings.partitions(), properties);
  }

  /** Where the flight recorder writes. */
  public Path recording() {
    return folder.resolve("recording.jfr");
  }

  /** Where the count of requests to the store is written. */
  public Path requests() {
    return folder.resolve("requests.properties");
  }
}
