/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.model.PipelineTest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of a test of a pipeline file.
 *
 * @param test the test
 * @param tables the tables that the test names, in its order; none if the pipeline stopped
 * @param stopped why a pipeline would stop on what the test gives; empty if it would not
 * @param took how long it took
 */
public record TestOutcome(
    PipelineTest test, List<TableComparison> tables, Optional<String> stopped, Duration took) {
  public TestOutcome {
    Objects.requireNonNull(test, "test");
    Objects.requireNonNull(took, "took");
    tables = List.copyOf(tables);
  }

  /** Whether everything is as expected. */
  public boolean passed() {
    return stopped.isEmpty() && tables.stream().allMatch(TableComparison::passed);
  }
}
