/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.Objects;

/**
 * A check on each row of a step. As in a SQL {@code CHECK} constraint, a row meets it unless it is
 * false: null passes.
 *
 * @param location where its check stands in the file
 * @param name names it in the quarantine table and in metrics
 * @param check a boolean SQL expression over the step's columns
 * @param otherwise what happens to a row that does not meet it
 */
public record Expectation(Location location, String name, String check, Otherwise otherwise) {
  public Expectation {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(otherwise, "otherwise");
  }

  /** What happens to a row that does not meet an expectation. */
  public enum Otherwise {
    /** The row goes on; it is logged that there was one. */
    WARN,
    /** The row is left out and counted as filtered. */
    DROP,
    /** The row goes to the quarantine table, with its payload. */
    QUARANTINE,
    /** The pipeline stops before it commits the batch. */
    FAIL
  }
}
