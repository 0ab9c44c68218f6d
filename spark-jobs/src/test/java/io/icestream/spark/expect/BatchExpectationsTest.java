/* SPDX-License-Identifier: MIT */
package io.icestream.spark.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.model.BatchExpectation;
import io.icestream.model.BatchExpectation.Otherwise;
import io.icestream.model.BatchMeasure;
import io.icestream.model.BatchMeasure.DistinctShare;
import io.icestream.model.BatchMeasure.Freshness;
import io.icestream.model.BatchMeasure.NullShare;
import io.icestream.model.BatchMeasure.RowCount;
import io.icestream.model.Expectation;
import io.icestream.model.Location;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchExpectationsTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final StructType SCHEMA =
      new StructType()
          .add("id`s", DataTypes.StringType)
          .add("t", DataTypes.TimestampType)
          .add("v", DataTypes.DoubleType)
          .add(DecodedColumns.SOURCE, DecodedColumns.SOURCE_TYPE);

  private final List<Row> rows = new ArrayList<>();
  private final List<BatchExpectation> expectations = new ArrayList<>();
  private Optional<Instant> time = Optional.of(NOON);

  @ParameterizedTest
  @CsvSource({
    "row_count, 4, 4, true",
    "row_count, 5, , false",
    "row_count, , 3, false",
    "null_share, 0.25, 0.25, true",
    "null_share, , 0.2499, false",
    "null_share, 0.2501, , false",
    "distinct_share, 0.75, 0.75, true",
    "distinct_share, 0.76, , false",
    "distinct_share, , 0.74, false",
    "freshness, 89.999999, 89.999999, true",
    "freshness, 90, , false",
    "freshness, , 89.999998, false",
  })
  void holdsAMeasureAgainstItsBounds(String measure, Double least, Double most, boolean met) {
    // given
    row("a", -3_600_000_000L, 1.0);
    row("b", -89_999_999L, null);
    row("b", -90_000_000L, 2.0);
    row("c", null, 2.0);
    expect("e", measure(measure), least, most, Otherwise.WARN);

    // when
    List<String> unmet = unmet();

    // then
    assertThat(unmet).isEqualTo(met ? List.of() : List.of("e"));
  }

  @Test
  void measuresTheRowsThatGoOnAndNoOthers() {
    // given
    row("a", 0L, -1.0);
    row("b", 0L, 1.0);
    expect("one_row", new RowCount(), 1.0, 1.0, Otherwise.FAIL);
    expect("one_id", new DistinctShare("id`s"), 1.0, null, Otherwise.FAIL);
    expect("two_rows", new RowCount(), 2.0, null, Otherwise.WARN);

    // when, then
    assertThat(unmet()).containsExactly("two_rows");
  }

  @Test
  void stopsThePipelineAndSaysWhatWasMeasured() {
    // given
    row("a", -1_500_500_000L, null);
    row("a", null, 1.0);
    row("b", null, 1.0);
    expect("many", new RowCount(), 10.0, null, Otherwise.FAIL);
    expect("complete", new NullShare("v"), null, 0.1, Otherwise.FAIL);
    expect("differ", new DistinctShare("id`s"), 1.0, null, Otherwise.FAIL);
    expect("fresh", new Freshness("t"), null, 600.0, Otherwise.FAIL);
    expect("few", new RowCount(), null, 3.0, Otherwise.FAIL);
    expect("fewer", new RowCount(), null, 2.0, Otherwise.WARN);

    // when
    var failure = catchThrowableOfType(PipelineFailure.class, this::unmet);

    // then
    assertThat(failure.kind()).isEqualTo(Kind.DATA);
    assertThat(failure)
        .hasMessage(
            "Step 's' does not meet many (row_count is 3; at_least is 10)"
                + " and complete (null_share of 'v' is 0.3333333333333333, 1 of 3 rows; at_most is"
                + " 0.1)"
                + " and differ (distinct_share of 'id`s' is 0.6666666666666666, 2 values in 3 rows;"
                + " at_least is 1)"
                + " and fresh (freshness of 't' is 1500.5 seconds; at_most is 600)"
                + ", which says 'else: fail'. Nothing of this batch is committed. Correct the"
                + " bound, or say 'else: warn', then start again.");
  }

  @Test
  void measuresOnlyTheNumberOfRowsOfABatchWithoutAny() {
    // given
    expect("some", new RowCount(), 1.0, null, Otherwise.WARN);
    expect("complete", new NullShare("v"), 0.5, null, Otherwise.FAIL);
    expect("differ", new DistinctShare("v"), 0.5, null, Otherwise.FAIL);
    expect("fresh", new Freshness("t"), 600.0, null, Otherwise.FAIL);

    // when, then
    assertThat(unmet()).containsExactly("some");
  }

  @Test
  void aColumnWithoutValuesHasNoNewestAndNoDistinctOnes() {
    // given
    row(null, null, null);
    expect("complete", new NullShare("v"), null, 0.99, Otherwise.WARN);
    expect("differ", new DistinctShare("id`s"), 0.5, null, Otherwise.FAIL);
    expect("fresh", new Freshness("t"), null, 600.0, Otherwise.FAIL);

    // when, then
    assertThat(unmet()).containsExactly("complete");
  }

  @Test
  void measuresNoFreshnessOfABatchThatNoClockPlanned() {
    // given
    row("a", -3_600_000_000L, 1.0);
    expect("fresh", new Freshness("t"), null, 600.0, Otherwise.FAIL);
    expect("two", new RowCount(), 2.0, null, Otherwise.WARN);
    time = Optional.empty();

    // when, then
    assertThat(unmet()).containsExactly("two");
  }

  private List<String> unmet() {
    var positive = new Expectation(Location.START, "positive", "v > 0", Expectation.Otherwise.DROP);
    try (var step = RoutedStep.of("s", LocalSpark.rows(SCHEMA, rows), List.of(positive))) {
      return BatchExpectations.unmet("s", step, expectations, time);
    }
  }

  private static BatchMeasure measure(String name) {
    return switch (name) {
      case "row_count" -> new RowCount();
      case "null_share" -> new NullShare("v");
      case "distinct_share" -> new DistinctShare("id`s");
      case "freshness" -> new Freshness("t");
      default -> throw new IllegalArgumentException(name);
    };
  }

  private void expect(
      String name, BatchMeasure measure, Double least, Double most, Otherwise otherwise) {
    expectations.add(
        new BatchExpectation(
            Location.START, name, measure, optional(least), optional(most), otherwise));
  }

  private static OptionalDouble optional(Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private void row(String id, Long microsFromNoon, Double value) {
    var at = microsFromNoon == null ? null : Timestamp.from(NOON.plusNanos(microsFromNoon * 1_000));
    rows.add(
        RowFactory.create(
            id,
            at,
            value,
            RowFactory.create("t", 0, (long) rows.size(), null, null, null, new byte[0], null)));
  }
}
