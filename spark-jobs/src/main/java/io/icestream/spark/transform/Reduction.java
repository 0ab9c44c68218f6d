/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;

/**
 * One partial value of an aggregate function: two of them merge into the partial value of both sets
 * of rows.
 */
enum Reduction {
  COUNT,
  SUM,
  MIN,
  MAX;

  /** The functions that can be kept as partial values, for messages. */
  static final String ALLOWED = "count, sum, avg, min, max";

  /**
   * What has to be kept for a function.
   *
   * @return its partial values in order; empty if it cannot be kept
   */
  static Optional<List<Reduction>> of(AggregateExpression aggregate) {
    if (aggregate.isDistinct()) {
      return Optional.empty();
    }
    AggregateFunction function = aggregate.aggregateFunction();
    if (function instanceof Count) {
      return Optional.of(List.of(COUNT));
    } else if (function instanceof Sum) {
      return Optional.of(List.of(SUM));
    } else if (function instanceof Min) {
      return Optional.of(List.of(MIN));
    } else if (function instanceof Max) {
      return Optional.of(List.of(MAX));
    }
    return function instanceof Average ? Optional.of(List.of(SUM, COUNT)) : Optional.empty();
  }

  /** The aggregate function that gives this partial value of a function's argument. */
  AggregateFunction over(AggregateFunction original) {
    Expression argument = original.children().head();
    return switch (this) {
      case COUNT -> original instanceof Count ? original : new Count(Plans.seq(List.of(argument)));
      case SUM -> original instanceof Sum ? original : new Sum(argument);
      case MIN, MAX -> original;
    };
  }

  /** Merges two partial values; null stands for no rows. */
  Column merge(Column one, Column other) {
    return switch (this) {
      case COUNT, SUM -> coalesce(one.plus(other), one, other);
      case MIN -> least(one, other);
      case MAX -> greatest(one, other);
    };
  }
}
