/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.List;
import java.util.Objects;

/**
 * An Iceberg table that the pipeline writes.
 *
 * @param location where it stands in the file
 * @param table the table: namespace and name, joined by a dot
 * @param from the step or source whose rows it gets
 * @param mode how rows arrive in the table
 * @param partitionBy Iceberg partition transforms, such as {@code days(event_time)}; none by
 *     default
 * @param key the columns that identify a row; only for {@link Mode#UPSERT}
 */
public record SinkDefinition(
    Location location,
    String table,
    String from,
    Mode mode,
    List<PartitionTransform> partitionBy,
    List<String> key) {
  public SinkDefinition {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(mode, "mode");
    partitionBy = List.copyOf(partitionBy);
    key = List.copyOf(key);
  }

  /** How rows arrive in the table. */
  public enum Mode {
    /** Every row is added, with its Kafka position. */
    APPEND,
    /** A row replaces the one with the same key. */
    UPSERT
  }
}
