/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A check on the accepted rows of a step in one batch as a whole. A batch without rows is measured
 * by its row count alone.
 *
 * @param location where it stands in the file
 * @param name names it in logs and metrics
 * @param measure what is measured
 * @param atLeast smallest value that is right: rows, a share from 0 to 1, or seconds; empty: any
 * @param atMost largest value that is right; empty: any
 * @param otherwise what happens if the measure is outside
 */
public record BatchExpectation(
    Location location,
    String name,
    BatchMeasure measure,
    OptionalDouble atLeast,
    OptionalDouble atMost,
    Otherwise otherwise) {
  public BatchExpectation {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(measure, "measure");
    Objects.requireNonNull(atLeast, "atLeast");
    Objects.requireNonNull(atMost, "atMost");
    Objects.requireNonNull(otherwise, "otherwise");
  }

  /** What happens to a batch that does not meet an expectation. */
  public enum Otherwise {
    /** It is logged and counted. */
    WARN,
    /** The pipeline stops before it commits the batch. */
    FAIL
  }
}
