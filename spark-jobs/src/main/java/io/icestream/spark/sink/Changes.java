/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.plan.ChangeShape;
import io.icestream.spark.plan.SourcePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/** The rows of a step as changes of keyed rows. */
final class Changes {
  private static final List<String> UPSERTS = List.of("c", "r", "u");
  private static final List<String> DELETIONS = List.of("d", "tombstone");

  private final SinkDefinition sink;
  private final ChangeShape shape;
  private final SourcePlan source;
  private final StructType columns;
  private final Column op;

  /**
   * @param sink has a key
   * @param source what the rows come from
   * @param columns the columns of the sink's step
   */
  Changes(SinkDefinition sink, SourcePlan source, StructType columns) {
    this.sink = sink;
    this.source = source;
    this.columns = columns;
    this.shape = ChangeShape.of(sink, columns);
    this.op = sink.changes().map(changes -> column(changes.op())).orElse(lit("u"));
  }

  ChangeShape shape() {
    return shape;
  }

  /** The rows that are changes. */
  Dataset<Row> accepted(Dataset<Row> rows) {
    return rows.filter(reason().isNull());
  }

  /** The others, with the reason. */
  Dataset<Row> refused(Dataset<Row> rows) {
    return rows.withColumn(DecodedColumns.REASON, reason())
        .filter(col(DecodedColumns.REASON).isNotNull())
        .select(
            col(DecodedColumns.SOURCE),
            lit("sink").as(DecodedColumns.STAGE),
            col(DecodedColumns.REASON),
            detail().as(DecodedColumns.DETAIL));
  }

  /** The changes as elements; one that gives a row another key is two. */
  Dataset<Row> elements(Dataset<Row> rows) {
    Dataset<Row> accepted = accepted(rows);
    Dataset<Row> deletions = accepted.filter(op.isin(DELETIONS.toArray()));
    Dataset<Row> elements = accepted.filter(op.isin(UPSERTS.toArray())).select(upsert());
    if (sink.mode() == Mode.CDC) {
      Column kind = when(op.equalTo("tombstone"), Element.TOMBSTONE).otherwise(Element.DELETE);
      elements = elements.union(deletions.select(deletion(this::keyOfDeletion, kind, true)));
    }
    if (shape.envelope()) {
      Dataset<Row> moved = accepted.filter(op.equalTo("u").and(hasOtherKey()));
      elements =
          elements.union(
              moved.select(deletion(k -> part(ChangeShape.BEFORE, k), lit(Element.DELETE), false)));
    }
    return elements;
  }

  private Column reason() {
    Column known = op.isin(UPSERTS.toArray()).or(op.isin(DELETIONS.toArray()));
    Column deletion = op.isin(DELETIONS.toArray());
    Column noKey = lit(false);
    for (String key : sink.key()) {
      noKey = noKey.or(when(deletion, keyOfDeletion(key)).otherwise(value(key)).isNull());
    }
    return when(op.equalTo("t"), "truncate")
        .when(op.isNull().or(known.equalTo(false)), "unsupported_operation")
        .when(noKey, "null_key");
  }

  private Column detail() {
    Column found = concat(lit("op '"), coalesce(op, lit("null")), lit("': "));
    return concat(
        found,
        when(
                col(DecodedColumns.REASON).equalTo("truncate"),
                "the table was emptied in the database; the sink's rows are as they were")
            .when(
                col(DecodedColumns.REASON).equalTo("null_key"),
                "a column of the key " + sink.key() + " is null")
            .otherwise("expected c, r, u, d, t or tombstone"));
  }

  private Column hasOtherKey() {
    Column all = lit(true);
    Column other = lit(false);
    for (String key : sink.key()) {
      all = all.and(part(ChangeShape.BEFORE, key).isNotNull());
      other = other.or(part(ChangeShape.BEFORE, key).notEqual(value(key)));
    }
    return all.and(other);
  }

  private Column keyOfDeletion(String key) {
    Column here = shape.envelope() ? part(ChangeShape.BEFORE, key) : column(key);
    return coalesce(here, RecordKey.column(key, shape.data().apply(key).dataType(), sink.key()));
  }

  /** A column of the row as it is after the change. */
  private Column value(String name) {
    return shape.envelope() ? part(ChangeShape.AFTER, name) : column(name);
  }

  private Column[] upsert() {
    Column unknown = unknown();
    List<Column> data = new ArrayList<>();
    for (StructField field : shape.data().fields()) {
      Column value = value(field.name());
      boolean always = sink.mode() == Mode.UPSERT || sink.key().contains(field.name());
      data.add(
          (always ? value : when(array_contains(unknown, field.name()).equalTo(false), value))
              .as(field.name()));
    }
    return element(struct(data.toArray(Column[]::new)), lit(Element.UPSERT), true, filled(unknown));
  }

  private Column[] deletion(Function<String, Column> keys, Column kind, boolean counted) {
    List<Column> data = new ArrayList<>();
    for (StructField field : shape.data().fields()) {
      Column value =
          sink.key().contains(field.name())
              ? keys.apply(field.name())
              : lit(null).cast(field.dataType());
      data.add(value.as(field.name()));
    }
    return element(struct(data.toArray(Column[]::new)), kind, counted, lit(null));
  }

  private Column[] element(Column data, Column kind, boolean counted, Column filled) {
    StructType types = Element.columns(shape.data(), shape.order());
    Column kafka = col(DecodedColumns.SOURCE);
    Column[] values = {
      data,
      order(),
      struct(
          kafka.getField("topic").as("topic"),
          kafka.getField("partition").as("partition"),
          kafka.getField("offset").as("offset"),
          kafka.getField("timestamp").as("timestamp"),
          kafka.getField("line").as("line")),
      kind,
      lit(counted),
      time(),
      filled,
      lit(null),
      lit(false)
    };
    return Elements.typed(values, types);
  }

  private Column order() {
    if (shape.order().isEmpty()) {
      return lit(null);
    }
    List<Column> parts = new ArrayList<>();
    if (shape.isByLog()) {
      Column pos = coalesce(log("lsn", DataTypes.LongType), log("pos", DataTypes.LongType));
      Column number = regexp_extract(log("file", DataTypes.StringType), "([0-9]+)$", 1);
      parts.add(op.notEqual("r").as("streamed"));
      parts.add(nullif(number, lit("")).cast(DataTypes.LongType).as("file"));
      parts.add(pos.as("pos"));
      return when(pos.isNotNull(), struct(parts.toArray(Column[]::new)));
    }
    for (StructField field : shape.order().fields()) {
      boolean outer = Arrays.asList(columns.fieldNames()).contains(field.name());
      Column value =
          outer
              ? column(field.name())
              : coalesce(value(field.name()), part(ChangeShape.BEFORE, field.name()));
      parts.add(value.as(field.name()));
    }
    Column order = struct(parts.toArray(Column[]::new));
    return shape.envelope() ? when(op.notEqual("tombstone"), order) : order;
  }

  private Column log(String field, DataType type) {
    StructType log = (StructType) columns.apply(ChangeShape.SOURCE).dataType();
    return Arrays.asList(log.fieldNames()).contains(field)
        ? part(ChangeShape.SOURCE, field).cast(type)
        : lit(null).cast(type);
  }

  /** When the change happened, for people: what orders changes is {@link #order}. */
  private Column time() {
    List<Column> times = new ArrayList<>();
    if (shape.envelope()) {
      StructType log =
          Arrays.asList(columns.fieldNames()).contains(ChangeShape.SOURCE)
              ? (StructType) columns.apply(ChangeShape.SOURCE).dataType()
              : new StructType();
      if (isTime(log, "ts_ms")) {
        times.add(part(ChangeShape.SOURCE, "ts_ms"));
      }
      if (isTime(columns, "ts_ms")) {
        times.add(column("ts_ms"));
      }
    } else {
      sink.orderBy().stream()
          .limit(1)
          .filter(name -> isTime(columns, name))
          .forEach(name -> times.add(column(name)));
      source.eventTime().filter(name -> isTime(columns, name)).ifPresent(n -> times.add(column(n)));
    }
    times.add(col(DecodedColumns.SOURCE).getField("timestamp"));
    return coalesce(times.toArray(Column[]::new));
  }

  /** The names of the columns that a change does not tell. */
  private Column unknown() {
    List<Column> names = new ArrayList<>();
    for (StructField field : shape.data().fields()) {
      if (!sink.key().contains(field.name())) {
        Placeholder.in(value(field.name()), field.dataType())
            .ifPresent(there -> names.add(when(there, field.name())));
      }
    }
    Column found =
        filter(array(names.toArray(Column[]::new)).cast("array<string>"), name -> name.isNotNull());
    if (!Arrays.asList(columns.fieldNames()).contains(ChangeShape.UNAVAILABLE)) {
      return found;
    }
    Column named = column(ChangeShape.UNAVAILABLE);
    return array_distinct(concat(coalesce(named, array().cast("array<string>")), found));
  }

  private Column filled(Column unknown) {
    if (sink.mode() == Mode.UPSERT) {
      return lit(null);
    }
    List<Column> fields = new ArrayList<>();
    StructType type = Element.filled(shape.order());
    return when(
        size(unknown).gt(0),
        transform(
            unknown,
            name -> {
              fields.clear();
              for (StructField field : type.fields()) {
                Column value = field.name().equals("column") ? name : lit(null);
                fields.add(value.cast(field.dataType()).as(field.name()));
              }
              return struct(fields.toArray(Column[]::new));
            }));
  }

  private static boolean isTime(StructType columns, String name) {
    return Arrays.stream(columns.fields())
        .anyMatch(f -> f.name().equals(name) && f.dataType() instanceof TimestampType);
  }

  private static Column part(String struct, String field) {
    return column(struct).getField(field);
  }

  static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
