/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Changes;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows that sinks refuse.
 *
 * @param by what decides it: equal for sinks that refuse the same rows
 * @param rows the rows, in {@code DecodedColumns}' source, stage, reason and detail
 */
public record Refusal(Grounds by, Dataset<Row> rows) {
  /**
   * What decides which rows a sink refuses.
   *
   * @param from the step or source of the rows
   * @param key what may not be null
   * @param op the column that has to name an operation; empty if there is none
   * @param index the sink if it has a table per value, which no other has; empty if it has one
   */
  public record Grounds(
      String from, List<String> key, Optional<String> op, Optional<String> index) {
    static Grounds of(SinkDefinition sink) {
      return new Grounds(
          sink.from(),
          sink.key(),
          sink.changes().map(Changes::op),
          sink.route().map(route -> sink.table()));
    }
  }
}
