/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import io.icestream.model.Problem;
import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.model.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/** What a sink asks of the step that it takes rows from. Pure. */
final class SinkCheck {
  private final SinkDefinition sink;
  private final List<String> columns;
  private final List<Problem> problems = new ArrayList<>();

  private SinkCheck(SinkDefinition sink, StructType columns) {
    this.sink = sink;
    this.columns = Arrays.asList(columns.fieldNames());
  }

  /**
   * Checks a sink.
   *
   * @param sink the sink
   * @param columns the columns of its step
   * @param groups the columns that its step groups by; empty if that is a row step or the source
   * @return what is wrong
   */
  static List<Problem> check(
      SinkDefinition sink, StructType columns, Optional<Set<String>> groups) {
    SinkCheck check = new SinkCheck(sink, columns);
    check.checkColumns();
    check.checkMode(groups.isPresent());
    groups.ifPresent(check::checkKey);
    return check.problems;
  }

  private void checkColumns() {
    List<String> used = new ArrayList<>(sink.key());
    sink.partitionBy().forEach(transform -> used.add(transform.column()));
    for (String column : used) {
      if (!columns.contains(column)) {
        problem(
            "Sink '"
                + sink.table()
                + "' uses column '"
                + column
                + "', which '"
                + sink.from()
                + "' does not have. "
                + Suggestion.of(column, columns));
      }
    }
  }

  private void checkMode(boolean grouped) {
    if (sink.mode() == Mode.CDC || sink.route().isPresent() || !sink.orderBy().isEmpty()) {
      problem(
          "Sink '"
              + sink.table()
              + "' uses 'mode: cdc', 'order_by' or 'route_by', which are not there yet. Use mode"
              + " append, or upsert behind a step with GROUP BY.");
    } else if (grouped && sink.mode() != Mode.UPSERT) {
      problem("Sink '" + sink.table() + "' takes groups, which change: it needs mode upsert.");
    } else if (!grouped && sink.mode() == Mode.UPSERT) {
      problem(
          "Sink '"
              + sink.table()
              + "' has mode upsert, for which '"
              + sink.from()
              + "' has to be a step with GROUP BY. Use mode append.");
    }
  }

  private void checkKey(Set<String> groups) {
    if (columns.containsAll(sink.key()) && !groups.equals(new HashSet<>(sink.key()))) {
      problem(
          "The key of sink '"
              + sink.table()
              + "' is "
              + sink.key()
              + ", but '"
              + sink.from()
              + "' groups by "
              + groups
              + ". Use the same columns.");
    }
  }

  private void problem(String message) {
    problems.add(new Problem(sink.location(), message));
  }
}
