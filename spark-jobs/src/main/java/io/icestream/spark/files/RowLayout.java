/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Where rows have the columns of a table. */
public final class RowLayout implements Serializable {
  private static final long serialVersionUID = 1;

  /** The place of a column that rows do not have. */
  public static final int ABSENT = -1;

  private final StructType columns;
  private final int[] ordinals;

  /**
   * @param columns of the table, in its order
   * @param ordinals of these in a row, or {@link #ABSENT}
   */
  public RowLayout(StructType columns, int[] ordinals) {
    this.columns = columns;
    this.ordinals = ordinals.clone();
  }

  /** Of rows that have the columns of the table in its order. */
  static RowLayout same(StructType columns) {
    int[] ordinals = new int[columns.length()];
    Arrays.setAll(ordinals, i -> i);
    return new RowLayout(columns, ordinals);
  }

  /** Whether rows have the columns of the table in its order. */
  boolean isSame() {
    return Arrays.equals(ordinals, same(columns).ordinals);
  }

  int size() {
    return ordinals.length;
  }

  StructType columns() {
    return columns;
  }

  StructField column(int position) {
    return columns.fields()[position];
  }

  DataType type(int position) {
    return column(position).dataType();
  }

  /** Where a row has a column of the table, or {@link #ABSENT}. */
  int ordinal(int position) {
    return ordinals[position];
  }
}
