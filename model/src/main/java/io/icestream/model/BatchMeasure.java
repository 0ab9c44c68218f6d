/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.Objects;

/** What a {@link BatchExpectation} measures. */
public sealed interface BatchMeasure {

  /** How many rows there are. */
  record RowCount() implements BatchMeasure {}

  /**
   * The part of the rows in which a column is null, from 0 to 1.
   *
   * @param column a column of the step
   */
  record NullShare(String column) implements BatchMeasure {
    public NullShare {
      Objects.requireNonNull(column, "column");
    }
  }

  /**
   * Distinct values of a column per row in which it is not null, from 0 to 1.
   *
   * @param column a column of the step
   */
  record DistinctShare(String column) implements BatchMeasure {
    public DistinctShare {
      Objects.requireNonNull(column, "column");
    }
  }

  /**
   * Seconds from the newest value of a column to the time at which the batch was planned.
   *
   * @param column a timestamp column of the step
   */
  record Freshness(String column) implements BatchMeasure {
    public Freshness {
      Objects.requireNonNull(column, "column");
    }
  }
}
