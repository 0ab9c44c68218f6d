/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The tables that metrics are told apart by: those of the pipeline file. The tables of values
 * ({@code route_by}) are told as their sink, since records decide how many there are.
 *
 * @param names the tables of the pipeline file
 */
record TableNames(List<String> names) {
  TableNames {
    names = List.copyOf(names);
  }

  /** The table that a table is told as; empty if it is not the pipeline's. */
  Optional<String> of(String table) {
    return names.stream()
        .filter(name -> table.equals(name) || table.startsWith(name + "_"))
        .max(Comparator.comparing(String::length));
  }

  /** The same, for a name that has the catalog's in front. */
  Optional<String> ofQualified(String table) {
    Optional<String> found = of(table);
    int dot = table.indexOf('.');
    return found.isPresent() || dot < 0 ? found : of(table.substring(dot + 1));
  }
}
