/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which of a batch's values have a table of their own. Once the values that are added are known,
 * the same batch leads to the same choice. Pure.
 *
 * @param rows how many rows there are of each value that has a table, or gets one
 * @param added those of them that are new
 * @param taken values whose table is there and somebody else's
 */
public record RouteChoice(
    SortedMap<String, Long> rows, SortedSet<String> added, SortedSet<String> taken) {
  public RouteChoice {
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    added = Collections.unmodifiableSortedSet(new TreeSet<>(added));
    taken = Collections.unmodifiableSortedSet(new TreeSet<>(taken));
  }

  /**
   * A value of the rows that can name a table.
   *
   * @param value the value
   * @param rows how many rows have it
   */
  public record Found(String value, long rows) {}

  /**
   * Chooses: known values always, others in their order as long as there is room.
   *
   * @param found values, in an order that is the same each time
   * @param known values that have a table
   * @param room how many may be added
   * @param isTaken whether a new value would get a table that is somebody else's
   */
  public static RouteChoice of(
      List<Found> found, Set<String> known, int room, Predicate<String> isTaken) {
    SortedMap<String, Long> rows = new TreeMap<>();
    SortedSet<String> added = new TreeSet<>();
    SortedSet<String> taken = new TreeSet<>();
    for (Found value : found) {
      if (known.contains(value.value())) {
        rows.put(value.value(), value.rows());
      } else if (added.size() < room) {
        if (isTaken.test(value.value())) {
          taken.add(value.value());
        } else {
          added.add(value.value());
          rows.put(value.value(), value.rows());
        }
      }
    }
    return new RouteChoice(rows, added, taken);
  }

  /** All rows that have a table. */
  public long written() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
