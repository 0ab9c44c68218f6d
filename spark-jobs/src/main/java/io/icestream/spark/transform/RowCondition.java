/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;

/** A condition of the user's on the rows of a table, under the rules for expectations. */
public final class RowCondition {
  private RowCondition() {}

  /**
   * Checks a condition.
   *
   * @param rows what it is about
   * @param condition an expression of SQL on their columns
   * @return the condition as a column
   * @throws IllegalArgumentException if it is wrong; the message says why
   */
  public static Column of(Dataset<Row> rows, String condition) {
    SqlProblems found = new SqlProblems(condition);
    StepDialect.readCheck(rows.sparkSession().sessionState().sqlParser(), condition, found);
    if (found.isEmpty()) {
      SqlErrors.attempt(() -> rows.selectExpr(condition).schema().fields()[0].dataType(), found)
          .filter(type -> !(type instanceof BooleanType))
          .ifPresent(type -> found.add("It is " + type.simpleString() + ", not true or false."));
    }
    if (found.isEmpty()) {
      // A filter may not count rows, look at other rows or make rows
      SqlErrors.attempt(() -> rows.filter(condition), found);
    }
    if (!found.isEmpty()) {
      throw new IllegalArgumentException(
          "'--where "
              + condition
              + "' is no condition on rows. "
              + String.join(" ", found.messages()));
    }
    return expr(condition);
  }
}
