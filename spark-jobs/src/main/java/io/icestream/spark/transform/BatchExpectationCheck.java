/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import io.icestream.model.BatchExpectation;
import io.icestream.model.BatchMeasure;
import io.icestream.model.BatchMeasure.DistinctShare;
import io.icestream.model.BatchMeasure.Freshness;
import io.icestream.model.BatchMeasure.NullShare;
import io.icestream.model.Problem;
import io.icestream.model.StepDefinition;
import io.icestream.model.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/** What batch expectations ask of the step that they measure. Pure. */
final class BatchExpectationCheck {
  private BatchExpectationCheck() {}

  /**
   * Checks the batch expectations of a row step.
   *
   * @param name the step's name, for messages
   * @param step the step
   * @param columns its columns
   * @return what is wrong
   */
  static List<Problem> check(String name, StepDefinition step, StructType columns) {
    return step.batchExpectations().stream()
        .flatMap(
            expectation ->
                problem(expectation, columns).stream()
                    .map(
                        message ->
                            new Problem(
                                expectation.location(),
                                "Expectation '"
                                    + expectation.name()
                                    + "' of step '"
                                    + name
                                    + "' measures column '"
                                    + column(expectation.measure()).orElseThrow()
                                    + "', "
                                    + message)))
        .toList();
  }

  private static Optional<String> problem(BatchExpectation expectation, StructType columns) {
    Optional<String> column = column(expectation.measure());
    if (column.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = Arrays.asList(columns.fieldNames());
    if (!names.contains(column.get())) {
      return Optional.of("which the step does not have. " + Suggestion.of(column.get(), names));
    }
    DataType type = columns.apply(column.get()).dataType();
    if (expectation.measure() instanceof Freshness && !(type instanceof TimestampType)) {
      return Optional.of("which is " + type.simpleString() + ". It has to be a timestamp.");
    }
    if (expectation.measure() instanceof DistinctShare && hasMap(type)) {
      return Optional.of(
          "which is "
              + type.simpleString()
              + ". Maps cannot be compared: measure a column without one.");
    }
    return Optional.empty();
  }

  private static Optional<String> column(BatchMeasure measure) {
    if (measure instanceof NullShare share) {
      return Optional.of(share.column());
    } else if (measure instanceof DistinctShare share) {
      return Optional.of(share.column());
    } else if (measure instanceof Freshness freshness) {
      return Optional.of(freshness.column());
    }
    return Optional.empty();
  }

  private static boolean hasMap(DataType type) {
    if (type instanceof ArrayType array) {
      return hasMap(array.elementType());
    }
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).map(StructField::dataType).anyMatch(t -> hasMap(t));
    }
    return type instanceof MapType;
  }
}
