/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.time.Duration;
import java.util.Objects;

/**
 * A reference table that steps join with.
 *
 * @param location where it stands in the file
 * @param table the Iceberg table
 * @param refresh how old the table's content may be; default five minutes
 */
public record LookupDefinition(Location location, String table, Duration refresh) {
  /** The age at which a lookup is read again when the file does not say. */
  public static final Duration DEFAULT_REFRESH = Duration.ofMinutes(5);

  public LookupDefinition {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(refresh, "refresh");
  }
}
