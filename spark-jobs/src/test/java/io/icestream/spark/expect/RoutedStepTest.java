/* SPDX-License-Identifier: MIT */
package io.icestream.spark.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.model.Expectation;
import io.icestream.model.Expectation.Otherwise;
import io.icestream.model.Location;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RoutedStepTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("v", DataTypes.IntegerType)
          .add(DecodedColumns.SOURCE, DecodedColumns.SOURCE_TYPE);

  @Test
  void letsRowsGoOnThatMeetAllExpectations() {
    try (var step =
        RoutedStep.of("s", rows(1, 2, 3), List.of(expect("pos", "v > 0", Otherwise.QUARANTINE)))) {
      assertThat(values(step)).containsExactly("[1]", "[2]", "[3]");
      assertThat(step.accepted().columns()).containsExactly("v", DecodedColumns.SOURCE);
      assertThat(step.count()).isEqualTo(3);
      assertThat(step.acceptedCount()).isEqualTo(3);
      assertThat(step.quarantinedCount()).isZero();
      assertThat(step.quarantined().count()).isZero();
    }
  }

  @Test
  void letsAllRowsGoOnWithoutExpectations() {
    try (var step = RoutedStep.of("s", rows(1, null), List.of())) {
      assertThat(values(step)).containsExactly("[1]", "[null]");
      assertThat(step.quarantined().count()).isZero();
    }
  }

  @Test
  void theFirstExpectationThatIsNotMetDecides() {
    // given
    var expectations =
        List.of(
            expect("small", "v < 100", Otherwise.DROP),
            expect("even", "v % 2 = 0", Otherwise.QUARANTINE),
            expect("positive", "v > 0", Otherwise.QUARANTINE));

    // when
    try (var step = RoutedStep.of("s", rows(2, 101, -1, -2, 3, 4), expectations)) {
      // then
      assertThat(values(step)).containsExactly("[2]", "[4]");
      assertThat(
              LocalSpark.sorted(
                  step.quarantined().selectExpr("_source.offset", "_stage", "_reason", "_detail")))
          .containsExactly(
              "[2,expect,even,Expected: v % 2 = 0]",
              "[3,expect,positive,Expected: v > 0]", "[4,expect,even,Expected: v % 2 = 0]");
      assertThat(step.count()).isEqualTo(6);
      assertThat(step.acceptedCount()).isEqualTo(2);
      assertThat(step.quarantinedCount()).isEqualTo(3);
      assertThat(step.unmet())
          .containsOnly(Map.entry("small", 1L), Map.entry("even", 2L), Map.entry("positive", 1L));
      assertThat(step.quarantinedBy())
          .containsOnly(Map.entry("even", 2L), Map.entry("positive", 1L));
    }
  }

  @Test
  void letsNullPassAsACheckConstraintDoes() {
    try (var step =
        RoutedStep.of("s", rows(null, 1), List.of(expect("pos", "v > 0", Otherwise.DROP)))) {
      assertThat(values(step)).containsExactly("[1]", "[null]");
    }
  }

  @Test
  void warnsOfARowAndLetsItGoOn() {
    // given
    var expectations =
        List.of(
            expect("odd", "v % 2 = 1", Otherwise.WARN),
            expect("small", "v < 10", Otherwise.WARN),
            expect("positive", "v > 0", Otherwise.DROP));

    // when
    try (var step = RoutedStep.of("s", rows(1, 2, 20, 21, -2), expectations)) {
      // then
      assertThat(values(step)).containsExactly("[1]", "[20]", "[21]", "[2]");
      assertThat(step.unmet())
          .as("only rows that go on are warned of")
          .containsOnly(Map.entry("odd", 2L), Map.entry("small", 1L), Map.entry("positive", 1L));
      assertThat(step.quarantinedCount()).isZero();
    }
  }

  @Test
  void stopsBeforeTheBatchIsCommittedIfARowMustNotBe() {
    // given
    var expectations =
        List.of(
            expect("small", "v < 100", Otherwise.DROP),
            expect("positive", "v > 0", Otherwise.FAIL),
            expect("never", "true", Otherwise.FAIL));

    // when
    var failure =
        catchThrowableOfType(
            PipelineFailure.class, () -> RoutedStep.of("s", rows(1, -1, -2, 200), expectations));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.DATA);
    assertThat(failure)
        .hasMessage(
            "Step 's' does not meet positive (2 rows), which says 'else: fail'. Nothing of this"
                + " batch is committed. Correct the data or the check, then start again.");
  }

  @Test
  void refusesSeveralRowsForOneRecord() {
    // given
    var doubled = rows(1, 2, 3).crossJoin(LocalSpark.session().range(2)).drop("id");

    // when
    var failure =
        catchThrowableOfType(
            PipelineFailure.class,
            () -> RoutedStep.of("s", doubled.select("v", DecodedColumns.SOURCE), List.of()));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.DATA);
    assertThat(failure)
        .hasMessage(
            "Step 's' gives more than one row for 3 Kafka records, so rows would be counted twice."
                + " A lookup probably has several rows for one key: make its key unique.");
  }

  @Test
  void takesTheLinesOfARecordForRowsOfTheirOwn() {
    // given
    List<Row> rows = new ArrayList<>();
    for (int line = 0; line < 3; line++) {
      rows.add(
          RowFactory.create(line, RowFactory.create("t", 0, 5L, null, null, null, null, line)));
    }
    var lines = LocalSpark.rows(SCHEMA, rows);

    // when
    try (var step = RoutedStep.of("s", lines, List.of())) {
      assertThat(values(step)).containsExactly("[0]", "[1]", "[2]");
    }
    var failure =
        catchThrowableOfType(
            PipelineFailure.class,
            () -> RoutedStep.of("s", lines.union(lines).orderBy("v").coalesce(1), List.of()));

    // then
    assertThat(failure).hasMessageContaining("more than one row for 3 Kafka records");
  }

  @Test
  void acceptsAStepWithoutRows() {
    try (var step = RoutedStep.of("s", rows(), List.of(expect("pos", "v > 0", Otherwise.FAIL)))) {
      assertThat(step.count()).isZero();
      assertThat(values(step)).isEmpty();
    }
  }

  private static List<String> values(RoutedStep step) {
    return LocalSpark.sorted(step.accepted().select("v"));
  }

  private static Expectation expect(String name, String check, Otherwise otherwise) {
    return new Expectation(Location.START, name, check, otherwise);
  }

  private static Dataset<Row> rows(Integer... values) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      rows.add(
          RowFactory.create(
              values[i], RowFactory.create("t", 0, (long) i, null, null, null, new byte[0], null)));
    }
    return LocalSpark.rows(SCHEMA, rows);
  }
}
