/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import io.icestream.model.Problem;
import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.model.Suggestion;
import io.icestream.spark.plan.ChangeShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** What a sink asks of the step that it takes rows from. Pure. */
final class SinkCheck {
  /** Columns that a table of changes has beside those of its rows. */
  private static final Set<String> OWN =
      Set.of("_is_deleted", "_valid_from", "_valid_to", "_is_current", "_position", "_filled");

  private final SinkDefinition sink;
  private final StructType columns;
  private final ChangeShape shape;
  private final List<Problem> problems = new ArrayList<>();

  private SinkCheck(SinkDefinition sink, StructType columns) {
    this.sink = sink;
    this.columns = columns;
    this.shape = ChangeShape.of(sink, columns);
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
    if (groups.isEmpty() && sink.mode() != Mode.APPEND) {
      check.checkTypes();
    }
    if (sink.mode() == Mode.CDC) {
      check.checkChanges();
    }
    sink.route().ifPresent(route -> check.checkRoute(route.column()));
    return check.problems;
  }

  private void checkColumns() {
    List<String> used = new ArrayList<>(sink.key());
    sink.partitionBy().forEach(transform -> used.add(transform.column()));
    sink.route().ifPresent(route -> used.add(route.column()));
    used.forEach(column -> require(column, Arrays.asList(shape.data().fieldNames())));
    Set<String> ordering = new LinkedHashSet<>(Arrays.asList(columns.fieldNames()));
    ordering.addAll(Arrays.asList(shape.data().fieldNames()));
    sink.orderBy().forEach(column -> require(column, List.copyOf(ordering)));
  }

  private void require(String column, List<String> names) {
    if (!names.contains(column)) {
      problem(
          "Sink '"
              + sink.table()
              + "' uses column '"
              + column
              + "', which '"
              + sink.from()
              + "' does not have. "
              + Suggestion.of(column, names));
    }
  }

  private void checkMode(boolean grouped) {
    if (grouped && sink.mode() != Mode.UPSERT) {
      problem("Sink '" + sink.table() + "' takes groups, which change: it needs mode upsert.");
    } else if (grouped && !sink.orderBy().isEmpty()) {
      problem(
          "Sink '"
              + sink.table()
              + "' takes groups, of which the table has one per key. Remove 'order_by'.");
    }
  }

  private void checkTypes() {
    for (String column : sink.key()) {
      if (Arrays.asList(shape.data().fieldNames()).contains(column)) {
        requireOrdered("key", column, shape.data().apply(column).dataType());
      }
    }
    if (!shape.isByLog()) {
      for (String column : shape.order().fieldNames()) {
        requireOrdered("order_by", column, shape.order().apply(column).dataType());
      }
    }
  }

  private void requireOrdered(String use, String column, DataType type) {
    if (type instanceof StructType
        || type instanceof ArrayType
        || type instanceof MapType
        || type instanceof BinaryType) {
      problem(
          "Sink '"
              + sink.table()
              + "' has column '"
              + column
              + "' in '"
              + use
              + "', which is "
              + type.simpleString()
              + ". It has to be a number, a text, a truth value, a date or a time.");
    }
  }

  private void checkChanges() {
    String op = sink.changes().orElseThrow().op();
    List<String> names = Arrays.asList(columns.fieldNames());
    if (!names.contains(op)) {
      problem(
          "Sink '"
              + sink.table()
              + "' has mode cdc, and '"
              + sink.from()
              + "' has no column '"
              + op
              + "' that says what happened. Name it with 'op'.");
    } else if (!columns.apply(op).dataType().equals(DataTypes.StringType)) {
      problem(
          "Sink '"
              + sink.table()
              + "' has 'op: "
              + op
              + "', which is "
              + columns.apply(op).dataType().simpleString()
              + ". It has to be a text.");
    }
    for (String name : shape.data().fieldNames()) {
      String plain = name.toLowerCase(Locale.ROOT);
      if (OWN.contains(plain) || (shape.envelope() && StepGraph.RESERVED.contains(plain))) {
        problem(
            "Column '"
                + name
                + "' has a name that the table of sink '"
                + sink.table()
                + "' needs. Give it another.");
      }
    }
  }

  private void checkKey(Set<String> groups) {
    if (Arrays.asList(columns.fieldNames()).containsAll(sink.key())
        && !groups.equals(new HashSet<>(sink.key()))) {
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

  private void checkRoute(String column) {
    if (Arrays.asList(columns.fieldNames()).contains(column)
        && !columns.apply(column).dataType().equals(DataTypes.StringType)) {
      problem(
          "Sink '"
              + sink.table()
              + "' has 'route_by: "
              + column
              + "', which is "
              + columns.apply(column).dataType().simpleString()
              + ". It has to be a text, since it names tables: use CAST in '"
              + sink.from()
              + "'.");
    }
  }

  private void problem(String message) {
    problems.add(new Problem(sink.location(), message));
  }
}
