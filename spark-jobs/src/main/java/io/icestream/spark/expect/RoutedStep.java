/* SPDX-License-Identifier: MIT */
package io.icestream.spark.expect;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.icestream.model.Expectation;
import io.icestream.model.Expectation.Otherwise;
import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.kept.KeptRows;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a row step, each with the name of the first expectation it does not meet. Evaluated
 * once and kept until it is closed.
 */
public final class RoutedStep implements AutoCloseable {
  /** The name of the expectation that takes a row out; null if it goes on. */
  public static final String ROUTE = "_route";

  /** The name of the first expectation that warns of a row; null if there is none. */
  public static final String WARNING = "_warning";

  private static final Logger LOG = LoggerFactory.getLogger(RoutedStep.class);

  private final List<Expectation> expectations;
  private final KeptRows<RouteCounts> kept;
  private final Dataset<Row> rows;
  private final RouteCounts counts;

  private RoutedStep(
      List<Expectation> expectations, KeptRows<RouteCounts> kept, RouteCounts counts) {
    this.expectations = expectations;
    this.kept = kept;
    this.rows = kept.rows();
    this.counts = counts;
  }

  /**
   * Checks a step's rows.
   *
   * @param step the step's name, for messages
   * @param rows its rows, with {@link DecodedColumns#SOURCE}
   * @param expectations in order: the first that a row does not meet decides
   * @throws PipelineFailure if a row breaks an expectation with {@code else: fail}, or if the step
   *     gives several rows for one Kafka record
   */
  public static RoutedStep of(String step, Dataset<Row> rows, List<Expectation> expectations) {
    Dataset<Row> routed =
        rows.withColumn(ROUTE, firstUnmet(expectations, false))
            .withColumn(WARNING, firstUnmet(expectations, true));
    int width = routed.columns().length;
    KeptRows<RouteCounts> kept =
        KeptRows.of(
            rows.sparkSession(),
            routed.queryExecution().toRdd().toJavaRDD(),
            routed.schema(),
            () -> new RouteCounts.Counter(width - 3, width));
    RouteCounts counts = kept.counts().stream().reduce(RouteCounts.NONE, RouteCounts::and);
    RoutedStep result = new RoutedStep(expectations, kept, counts);
    try {
      result.refuseRepeated(step);
      result.refuseFailed(step);
    } catch (PipelineFailure e) {
      result.close();
      throw e;
    }
    counts.warned().forEach((name, n) -> LOG.warn("Expectation {} unmet by {} rows", name, n));
    return result;
  }

  /**
   * The routing column alone, to find errors in checks before any row is there.
   *
   * @param rows the step's rows
   * @param expectation the expectation
   * @return the check's column
   */
  public static Dataset<Row> checkOnly(Dataset<Row> rows, Expectation expectation) {
    return rows.select(expr(expectation.check()).as(expectation.name()));
  }

  /** The rows that go on: the step's columns and {@link DecodedColumns#SOURCE}. */
  public Dataset<Row> accepted() {
    return rows.filter(col(ROUTE).isNull()).drop(ROUTE, WARNING);
  }

  /** The rows to be quarantined, in the columns of {@code DecodedBatch.rejected()}. */
  public Dataset<Row> quarantined() {
    Object[] names = names(Otherwise.QUARANTINE).toArray();
    Column detail = lit(null).cast("string");
    for (Expectation expectation : expectations) {
      detail =
          when(
                  col(ROUTE).equalTo(expectation.name()),
                  concat(lit("Expected: "), lit(expectation.check())))
              .otherwise(detail);
    }
    return rows.filter(col(ROUTE).isin(names))
        .select(
            col(DecodedColumns.SOURCE),
            lit("expect").as(DecodedColumns.STAGE),
            col(ROUTE).as(DecodedColumns.REASON),
            detail.as(DecodedColumns.DETAIL));
  }

  /** How many rows go on. */
  public long acceptedCount() {
    return counts.accepted();
  }

  /** How many rows are to be quarantined. */
  public long quarantinedCount() {
    return unmet(Otherwise.QUARANTINE);
  }

  /**
   * How many rows did not meet each expectation: those that it took out, and those that go on and
   * are warned of. A row counts for one that takes it out or for one that warns of it, the first.
   */
  public Map<String, Long> unmet() {
    Map<String, Long> unmet = new HashMap<>(counts.unmet());
    unmet.putAll(counts.warned());
    return unmet;
  }

  /** The part of {@link #unmet()} that is of rows to be quarantined. */
  public Map<String, Long> quarantinedBy() {
    Map<String, Long> unmet = new HashMap<>(counts.unmet());
    unmet.keySet().retainAll(names(Otherwise.QUARANTINE));
    return unmet;
  }

  /** How many rows the step gave, whatever becomes of them. */
  public long count() {
    return counts.rows();
  }

  /** Frees the rows. */
  @Override
  public void close() {
    kept.close();
  }

  private long unmet(Otherwise otherwise) {
    return names(otherwise).stream().mapToLong(n -> counts.unmet().getOrDefault(n, 0L)).sum();
  }

  private List<String> names(Otherwise otherwise) {
    return expectations.stream()
        .filter(e -> e.otherwise() == otherwise)
        .map(Expectation::name)
        .toList();
  }

  private void refuseRepeated(String step) {
    if (counts.repeated() > 0) {
      throw new PipelineFailure(
          Kind.DATA,
          "Step '"
              + step
              + "' gives more than one row for "
              + counts.repeated()
              + " Kafka records,"
              + " so rows would be counted twice. A lookup probably has several rows for one key:"
              + " make its key unique.");
    }
  }

  private void refuseFailed(String step) {
    if (unmet(Otherwise.FAIL) > 0) {
      String names =
          names(Otherwise.FAIL).stream()
              .filter(counts.unmet()::containsKey)
              .map(name -> name + " (" + counts.unmet().get(name) + " rows)")
              .collect(Collectors.joining(", "));
      throw new PipelineFailure(
          Kind.DATA,
          "Step '"
              + step
              + "' does not meet "
              + names
              + ", which says 'else: fail'. Nothing of this"
              + " batch is committed. Correct the data or the check, then start again.");
    }
  }

  private static Column firstUnmet(List<Expectation> expectations, boolean warnings) {
    Column route = lit(null).cast("string");
    Expectation[] reversed = expectations.toArray(Expectation[]::new);
    Collections.reverse(Arrays.asList(reversed));
    for (Expectation expectation : reversed) {
      if ((expectation.otherwise() == Otherwise.WARN) == warnings) {
        Column unmet = not(coalesce(expr(expectation.check()), lit(true)));
        route = when(unmet, lit(expectation.name())).otherwise(route);
      }
    }
    return route;
  }
}
