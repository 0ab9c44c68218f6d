/* SPDX-License-Identifier: MIT */
package io.icestream.spark.expect;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.icestream.model.BatchExpectation;
import io.icestream.model.BatchExpectation.Otherwise;
import io.icestream.model.BatchMeasure;
import io.icestream.model.BatchMeasure.DistinctShare;
import io.icestream.model.BatchMeasure.Freshness;
import io.icestream.model.BatchMeasure.NullShare;
import io.icestream.model.BatchMeasure.RowCount;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks on the accepted rows of a step in one batch. They are measured in one pass, and the same
 * each time that a batch is run: no clock is looked at.
 */
public final class BatchExpectations {
  private static final Logger LOG = LoggerFactory.getLogger(BatchExpectations.class);

  private final String step;
  private final long count;
  private final Optional<Instant> time;

  private BatchExpectations(String step, long count, Optional<Instant> time) {
    this.step = step;
    this.count = count;
    this.time = time;
  }

  /**
   * Measures a batch. Without rows only their number is measured. A column without any value has
   * neither a newest value nor a share of distinct ones, so that these expectations are met, as a
   * check on null is.
   *
   * @param step the step's name, for messages
   * @param rows its rows in this batch
   * @param expectations what is expected of them; the columns are there and of the right types
   * @param time when the batch was planned; empty if it was not, so that nothing is fresh or stale
   * @return the names of the expectations that are not met, all with {@code else: warn}
   * @throws PipelineFailure if one with {@code else: fail} is not met
   */
  public static List<String> unmet(
      String step, RoutedStep rows, List<BatchExpectation> expectations, Optional<Instant> time) {
    if (expectations.isEmpty()) {
      return List.of();
    }
    List<Measured> unmet =
        new BatchExpectations(step, rows.acceptedCount(), time)
            .measure(rows.accepted(), expectations).stream().filter(m -> !m.isMet()).toList();
    refuse(step, unmet);
    unmet.forEach(m -> LOG.warn("Step {} does not meet {}", step, m.describe()));
    return unmet.stream().map(m -> m.expectation().name()).toList();
  }

  private List<Measured> measure(Dataset<Row> rows, List<BatchExpectation> expectations) {
    List<Measured> measured = new ArrayList<>();
    List<BatchExpectation> ofColumns = new ArrayList<>();
    for (BatchExpectation expectation : expectations) {
      if (expectation.measure() instanceof RowCount) {
        measured.add(new Measured(expectation, count, "row_count is " + count));
      } else if (isMeasurable(expectation.measure())) {
        ofColumns.add(expectation);
      }
    }
    if (!ofColumns.isEmpty()) {
      List<Column> parts = ofColumns.stream().flatMap(e -> parts(e.measure()).stream()).toList();
      Column[] others = parts.subList(1, parts.size()).toArray(Column[]::new);
      Row row = rows.agg(parts.get(0), others).head();
      for (int i = 0; i < ofColumns.size(); i++) {
        long whole = row.getLong(2 * i + 1);
        if (whole > 0) {
          measured.add(measured(ofColumns.get(i), row.getLong(2 * i), whole));
        }
      }
    }
    return measured;
  }

  private boolean isMeasurable(BatchMeasure measure) {
    if (count == 0) {
      return false;
    }
    if (measure instanceof Freshness && time.isEmpty()) {
      LOG.info("Step {}: freshness is not measured, as no clock planned this batch", step);
      return false;
    }
    return true;
  }

  /** What is counted, and how many rows have a part in it. */
  private static List<Column> parts(BatchMeasure measure) {
    if (measure instanceof NullShare share) {
      return List.of(count(when(column(share.column()).isNull(), 1)), count(lit(1)));
    } else if (measure instanceof DistinctShare share) {
      return List.of(count_distinct(column(share.column())), count(column(share.column())));
    } else if (measure instanceof Freshness freshness) {
      Column newest = unix_micros(max(column(freshness.column())));
      return List.of(newest, count(column(freshness.column())));
    }
    throw new IllegalArgumentException(measure + " is of no column");
  }

  private Measured measured(BatchExpectation expectation, long part, long whole) {
    double share = (double) part / whole;
    BatchMeasure measure = expectation.measure();
    if (measure instanceof NullShare nulls) {
      String text = "null_share of '%s' is %s, %d of %d rows";
      return new Measured(
          expectation, share, text.formatted(nulls.column(), number(share), part, whole));
    } else if (measure instanceof DistinctShare distinct) {
      String text = "distinct_share of '%s' is %s, %d values in %d rows";
      return new Measured(
          expectation, share, text.formatted(distinct.column(), number(share), part, whole));
    } else if (measure instanceof Freshness freshness) {
      long planned = ChronoUnit.MICROS.between(Instant.EPOCH, time.orElseThrow());
      double seconds = (planned - part) / 1e6;
      String text = "freshness of '%s' is %s seconds";
      return new Measured(
          expectation, seconds, text.formatted(freshness.column(), number(seconds)));
    }
    throw new IllegalArgumentException(measure + " is of no column");
  }

  private static void refuse(String step, List<Measured> unmet) {
    String failed =
        unmet.stream()
            .filter(m -> m.expectation().otherwise() == Otherwise.FAIL)
            .map(Measured::describe)
            .collect(Collectors.joining(" and "));
    if (!failed.isEmpty()) {
      throw new PipelineFailure(
          Kind.DATA,
          "Step '"
              + step
              + "' does not meet "
              + failed
              + ", which says 'else: fail'. Nothing of this batch is committed. Correct the bound,"
              + " or say 'else: warn', then start again.");
    }
  }

  private static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /**
   * An expectation beside what was found.
   *
   * @param expectation what was expected
   * @param value rows, a share, or seconds
   * @param text the value in words
   */
  private record Measured(BatchExpectation expectation, double value, String text) {
    boolean isMet() {
      return value >= expectation.atLeast().orElse(value)
          && value <= expectation.atMost().orElse(value);
    }

    String describe() {
      boolean below = value < expectation.atLeast().orElse(value);
      String bound =
          below
              ? "at_least is " + number(expectation.atLeast().orElseThrow())
              : "at_most is " + number(expectation.atMost().orElseThrow());
      return expectation.name() + " (" + text + "; " + bound + ")";
    }
  }
}
