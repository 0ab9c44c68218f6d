/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A reference table that steps join with.
 *
 * @param location where it stands in the file
 * @param table the Iceberg table
 * @param columns the columns that steps use, with their types in SQL, such as {@code string} or
 *     {@code decimal(10,2)}. With them a pipeline can be checked and tested without the table.
 *     Empty (the default): all that the table has
 * @param refresh how old the table's content may be; default five minutes
 */
public record LookupDefinition(
    Location location, String table, Map<String, String> columns, Duration refresh) {
  /** The age at which a lookup is read again when the file does not say. */
  public static final Duration DEFAULT_REFRESH = Duration.ofMinutes(5);

  public LookupDefinition {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(refresh, "refresh");
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }
}
