/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.Objects;

/**
 * What a batch's values of one key column lie between, so that files outside are not read.
 *
 * @param column the column
 * @param low the smallest value, as a text that SQL casts to the column's type
 * @param high the largest value
 */
public record KeyRange(String column, String low, String high) {
  public KeyRange {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(low, "low");
    Objects.requireNonNull(high, "high");
  }

  /** The range as a predicate of SQL. */
  public String sql() {
    return "`" + column + "` BETWEEN '" + low + "' AND '" + high + "'";
  }
}
