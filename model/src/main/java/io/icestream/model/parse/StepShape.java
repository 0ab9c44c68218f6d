/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.BatchExpectation;
import io.icestream.model.Expectation;
import io.icestream.model.shape.ChoiceType;
import io.icestream.model.shape.ConstantType;
import io.icestream.model.shape.DurationType;
import io.icestream.model.shape.Entries;
import io.icestream.model.shape.EntriesType;
import io.icestream.model.shape.Key;
import io.icestream.model.shape.NumberType;
import io.icestream.model.shape.Rule;
import io.icestream.model.shape.Shape;
import io.icestream.model.shape.TextType;
import io.icestream.model.shape.Type;
import io.icestream.model.shape.Values;
import io.icestream.model.shape.Variants;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** What happens to rows: steps with their expectations. */
final class StepShape {
  static final Key<String> CHECK =
      Key.required(
              "check",
              TextType.SQL,
              "A boolean SQL expression over the step's columns. As in a SQL `CHECK` constraint,"
                  + " null passes.")
          .examples("temperature BETWEEN -60 AND 90");

  static final Key<Expectation.Otherwise> ROW_ELSE =
      Key.required(
          "else",
          new ChoiceType<>(Expectation.Otherwise.class, StepShape::meaning),
          "What happens to a row that does not meet the check.");

  static final Shape EXPECTATION = Shape.of("A check on each row of a step.", CHECK, ROW_ELSE);

  static final Key<String> COLUMN =
      Key.required("column", TextType.COLUMN, "The column of the step that is measured.")
          .examples("temperature");

  static final Key<String> TIME_COLUMN =
      Key.required("column", TextType.COLUMN, "The timestamp column of the step that is measured.")
          .examples("event_time");

  static final Key<BatchExpectation.Otherwise> BATCH_ELSE =
      Key.required(
          "else",
          new ChoiceType<>(BatchExpectation.Otherwise.class, StepShape::meaning),
          "What happens to a batch whose measure is outside the bounds.");

  static final Bounds<BigDecimal> COUNT_BOUNDS = new Bounds<>(NumberType.COUNT, 1, 1_000_000);
  static final Bounds<BigDecimal> SHARE_BOUNDS = new Bounds<>(NumberType.SHARE, 0.01, 0.5);
  static final Bounds<Duration> TIME_BOUNDS = new Bounds<>(DurationType.DURATION, "1s", "10m");

  static final Shape ROW_COUNT =
      batch("row_count", "How many rows a batch has, which may be none.", COUNT_BOUNDS);
  static final Shape NULL_SHARE =
      batch(
          "null_share",
          "The part of a batch's rows in which a column is null.",
          SHARE_BOUNDS,
          COLUMN);
  static final Shape DISTINCT_SHARE =
      batch(
          "distinct_share",
          "Distinct values of a column per row of a batch in which it is not null.",
          SHARE_BOUNDS,
          COLUMN);
  static final Shape FRESHNESS =
      batch(
          "freshness",
          "The time from the newest value of a timestamp column to the planning of the batch.",
          TIME_BOUNDS,
          TIME_COLUMN);

  static final Variants BATCH_EXPECTATION =
      Variants.of(
          "measure",
          "What is measured of the accepted rows of a batch.",
          ROW_COUNT,
          NULL_SHARE,
          DISTINCT_SHARE,
          FRESHNESS);

  static final Key<String> SQL =
      Key.required(
              "sql",
              TextType.SQL,
              "One `SELECT` in Spark SQL over the source, the lookups and the steps above it.")
          .examples("SELECT * FROM readings");

  static final Key<Entries<Values>> EXPECT =
      Key.withDefault(
          "expect",
          EntriesType.of("expectation", EXPECTATION),
          new Entries<>(List.of()),
          "none",
          "Checks on the rows that the query gives, by name. Row steps only.");

  static final Key<Entries<Values>> EXPECT_BATCH =
      Key.withDefault(
          "expect_batch",
          EntriesType.of("expectation", BATCH_EXPECTATION),
          new Entries<>(List.of()),
          "none",
          "Checks on the accepted rows of a batch as a whole, by name.");

  static final Shape STEP = Shape.of("A SQL step.", SQL, EXPECT, EXPECT_BATCH);

  private StepShape() {}

  /**
   * What a measure is held against.
   *
   * @param atLeast the smallest value that is right
   * @param atMost the largest value that is right
   */
  record Bounds<T extends Comparable<T>>(Key<T> atLeast, Key<T> atMost) {
    Bounds(Type<T> type, Object low, Object high) {
      this(
          Key.optional("at_least", type, "no bound", "The smallest value that is right.")
              .examples(low),
          Key.optional("at_most", type, "no bound", "The largest value that is right.")
              .examples(high));
    }
  }

  /** What a batch expectation is held against. */
  static Bounds<?> bounds(Values expectation) {
    if (expectation.is(FRESHNESS)) {
      return TIME_BOUNDS;
    }
    return expectation.is(ROW_COUNT) ? COUNT_BOUNDS : SHARE_BOUNDS;
  }

  private static Shape batch(
      String measure, String description, Bounds<?> bounds, Key<?>... columns) {
    Key<Object> constant = Key.required("measure", new ConstantType(measure), "The measure.");
    Rule.OneOrBoth bound =
        new Rule.OneOrBoth(
            bounds.atLeast(), bounds.atMost(), "has no bound. Add 'at_least' or 'at_most'.");
    return columns.length == 0
        ? Shape.of(description, constant, bounds.atLeast(), bounds.atMost(), BATCH_ELSE).with(bound)
        : Shape.of(description, constant, columns[0], bounds.atLeast(), bounds.atMost(), BATCH_ELSE)
            .with(bound);
  }

  private static String meaning(Expectation.Otherwise value) {
    return switch (value) {
      case WARN -> "it goes on, and the log says that there was one";
      case DROP -> "it is left out and counted as filtered";
      case QUARANTINE -> "it goes to the quarantine table, with its payload";
      case FAIL -> "the pipeline stops before it commits the batch";
    };
  }

  private static String meaning(BatchExpectation.Otherwise value) {
    return switch (value) {
      case WARN -> "it is logged and counted";
      case FAIL -> "the pipeline stops before it commits the batch";
    };
  }
}
