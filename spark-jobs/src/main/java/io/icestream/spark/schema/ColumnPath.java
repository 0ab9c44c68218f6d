/* SPDX-License-Identifier: MIT */
package io.icestream.spark.schema;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The way to a column or a field inside one.
 *
 * @param names from the outside in
 */
public record ColumnPath(List<String> names) implements Serializable {
  /** Stands for the items of an array. */
  public static final String ITEM = "[]";

  /** Stands for the values of a map. */
  public static final String VALUE = "{}";

  /** The row itself. */
  public static final ColumnPath ROOT = new ColumnPath(List.of());

  public ColumnPath {
    names = List.copyOf(names);
  }

  /** The path of something inside. */
  public ColumnPath to(String name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(name);
    return new ColumnPath(longer);
  }

  boolean isRoot() {
    return names.isEmpty();
  }

  String first() {
    return names.get(0);
  }

  /** The path as seen from inside its first name. */
  ColumnPath rest() {
    return new ColumnPath(names.subList(1, names.size()));
  }

  /** As messages have it: {@code orders[].price}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      boolean inner = name.equals(ITEM) || name.equals(VALUE);
      text.append(text.isEmpty() || inner ? "" : ".").append(name);
    }
    return text.toString();
  }
}
