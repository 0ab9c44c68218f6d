/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * A place in SQL that a pipeline file holds, counted as Spark does.
 *
 * @param sql the SQL as Spark was given it, which is not as it is written in YAML
 * @param line the line of the SQL, counted from 1
 * @param position the characters of the line that stand before, counted as code points
 */
public record SqlPlace(String sql, int line, int position) {
  public SqlPlace {
    Objects.requireNonNull(sql, "sql");
  }

  /**
   * The index of the place in the SQL. Behind its last visible character there is nothing to point
   * at, so that the end is there. Empty if the SQL has no such place.
   */
  OptionalInt index() {
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = sql.indexOf('\n', start) + 1;
      if (start == 0) {
        return OptionalInt.empty();
      }
    }
    if (position < 0 || position > sql.codePointCount(start, sql.length())) {
      return OptionalInt.empty();
    }
    int index = sql.offsetByCodePoints(start, position);
    return OptionalInt.of(Math.min(index, sql.stripTrailing().length()));
  }

  @Override
  public String toString() {
    return "line " + line + ", position " + position + " of the SQL";
  }
}
