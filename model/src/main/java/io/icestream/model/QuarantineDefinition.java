/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.Objects;

/**
 * Where rejected and late rows go, with payload, position and reason.
 *
 * @param location where it stands in the file
 * @param table the Iceberg table
 */
public record QuarantineDefinition(Location location, String table) {
  public QuarantineDefinition {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(table, "table");
  }
}
