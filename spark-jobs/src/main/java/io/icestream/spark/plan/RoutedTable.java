/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

/**
 * How the tables of a sink with {@code route_by} are called: the sink's name, an underscore and the
 * value. The sink's own table is the index of them. Pure.
 */
public final class RoutedTable {
  /**
   * Values that name a table: what Glue and Athena take, and no two of them the same table. Letters
   * are not folded and nothing is replaced.
   */
  public static final String VALUES = "\\A[a-z0-9_]{1,64}\\z";

  /** The table property that names the index a table belongs to. */
  public static final String OWNER = "icestream.routed-by";

  private RoutedTable() {}

  /** The table for the rows with a value. */
  public static String of(String sink, String value) {
    if (!value.matches(VALUES)) {
      throw new IllegalArgumentException("Not the name of a route: " + value);
    }
    return sink + "_" + value;
  }
}
