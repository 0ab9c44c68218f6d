/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Deletes;
import io.icestream.model.SinkDefinition.History;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.spark.commit.AppendRows;
import io.icestream.spark.plan.ChangeShape;
import io.icestream.spark.plan.SourcePlan;
import io.icestream.spark.plan.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The tables of a sink with a key: that of its rows, and, where rows can be deleted, that of the
 * deletions, which an older change that comes later must not undo.
 *
 * @param sink the sink
 * @param source what the rows come from
 * @param shape how they are read
 */
record ChangeTable(SinkDefinition sink, SourcePlan source, ChangeShape shape) {
  static final String DELETED = "_is_deleted";
  static final String VALID_FROM = "_valid_from";
  static final String VALID_TO = "_valid_to";
  static final String CURRENT = "_is_current";
  static final String POSITION = "_position";
  static final String FILLED = "_filled";
  static final String DELETED_AT = "deleted_at";

  /**
   * Batches touch few rows of many files. To write them anew each time would cost more the larger
   * the table is, so deletions are files of their own until the table is compacted.
   */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "write.merge.mode", "merge-on-read",
          "write.update.mode", "merge-on-read",
          "write.delete.mode", "merge-on-read");

  List<TableSpec> specs() {
    List<TableSpec> specs = new ArrayList<>();
    specs.add(new TableSpec(sink.table(), columns(), sink.partitionBy(), PROPERTIES));
    deletions()
        .ifPresent(
            name -> specs.add(new TableSpec(name, deletionColumns(), List.of(), PROPERTIES)));
    return specs;
  }

  boolean hasHistory() {
    return sink.changes().filter(c -> c.history() == History.SCD2).isPresent();
  }

  boolean marksDeleted() {
    return !hasHistory() && sink.changes().filter(c -> c.deletes() == Deletes.SOFT).isPresent();
  }

  /** The table of the deletions; empty if there are none. */
  Optional<String> deletions() {
    return sink.mode() == Mode.CDC ? Optional.of(sink.table() + "_deletions") : Optional.empty();
  }

  /** The columns of an element of this sink. */
  StructType elements() {
    return Element.columns(shape.data(), shape.order());
  }

  /** The columns of the table. */
  StructType columns() {
    StructType columns = shape.data();
    if (marksDeleted()) {
      columns = columns.add(DELETED, DataTypes.BooleanType);
    }
    if (hasHistory()) {
      columns =
          columns
              .add(VALID_FROM, DataTypes.TimestampType)
              .add(VALID_TO, DataTypes.TimestampType)
              .add(CURRENT, DataTypes.BooleanType);
    }
    if (sink.mode() == Mode.CDC) {
      columns = withPosition(columns);
      columns = columns.add(FILLED, DataTypes.createArrayType(Element.filled(shape.order())));
    }
    return AppendRows.columns(columns, source);
  }

  /** What tells rows of the table from each other. */
  List<String> identity() {
    List<String> identity = new ArrayList<>(sink.key());
    if (hasHistory()) {
      identity.addAll(kafka());
    }
    return identity;
  }

  /** The declared order of a row of the table. */
  Column orderOfRow() {
    if (shape.order().isEmpty()) {
      return lit(null);
    }
    return sink.mode() == Mode.CDC
        ? col(POSITION)
        : struct(
            Arrays.stream(shape.order().fieldNames()).map(Changes::column).toArray(Column[]::new));
  }

  /** The values of an outcome, by the columns of the table. */
  Column[] outcome(StructType wanted) {
    List<Column> values = new ArrayList<>();
    for (String name : wanted.fieldNames()) {
      values.add(outcome(name).cast(wanted.apply(name).dataType()).as(name));
    }
    return values.toArray(Column[]::new);
  }

  StructType deletionColumns() {
    StructType columns = new StructType();
    for (String key : sink.key()) {
      columns = columns.add(key, shape.data().apply(key).dataType());
    }
    return AppendRows.columns(
        withPosition(columns).add(DELETED_AT, DataTypes.TimestampType), source);
  }

  private Column outcome(String name) {
    if (Arrays.asList(shape.data().fieldNames()).contains(name)) {
      return col("_data").getField(name);
    } else if (name.startsWith("kafka_")) {
      return col("_kafka").getField(name.substring("kafka_".length()));
    }
    return switch (name) {
      case POSITION -> col("_order");
      case CURRENT -> col(VALID_TO).isNull();
      case DELETED_AT -> col(VALID_FROM);
      default -> Changes.column(name);
    };
  }

  private StructType withPosition(StructType columns) {
    return shape.order().isEmpty() ? columns : columns.add(POSITION, shape.order());
  }

  private List<String> kafka() {
    return source.hasLines()
        ? List.of("kafka_partition", "kafka_offset", "kafka_line")
        : List.of("kafka_partition", "kafka_offset");
  }
}
