/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.List;
import java.util.Objects;

/**
 * A SQL step.
 *
 * @param location where its SQL stands in the file
 * @param sql one query over sources, lookups and steps above
 * @param expectations checks on the rows that the query gives, in the order of the file
 * @param batchExpectations checks on the accepted rows of a batch, in the order of the file
 */
public record StepDefinition(
    Location location,
    String sql,
    List<Expectation> expectations,
    List<BatchExpectation> batchExpectations) {
  public StepDefinition {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(sql, "sql");
    expectations = List.copyOf(expectations);
    batchExpectations = List.copyOf(batchExpectations);
  }
}
