/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.PartitionTransform;
import io.icestream.model.SinkDefinition.Deletes;
import io.icestream.model.SinkDefinition.History;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.model.SinkDefinition.Rows;
import io.icestream.model.shape.ChoiceType;
import io.icestream.model.shape.Key;
import io.icestream.model.shape.ListType;
import io.icestream.model.shape.NumberType;
import io.icestream.model.shape.ParsedText;
import io.icestream.model.shape.Rule;
import io.icestream.model.shape.Shape;
import io.icestream.model.shape.TextType;
import io.icestream.model.shape.Written;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** Where rows go: sinks and the quarantine. */
final class SinkShape {
  static final Key<String> FROM =
      Key.required("from", TextType.TEXT, "The step or source whose rows the table gets.")
          .examples("enriched");

  static final Key<Rows> ROWS =
      Key.withDefault(
          "rows",
          new ChoiceType<>(Rows.class, SinkShape::meaning),
          Rows.ACCEPTED,
          "Which of its rows.");

  static final Key<Mode> MODE =
      Key.required(
          "mode",
          new ChoiceType<>(Mode.class, SinkShape::meaning),
          "How rows arrive in the table.");

  static final Key<List<Written<PartitionTransform>>> PARTITION_BY =
      Key.withDefault(
              "partition_by",
              ListType.of(
                  new ParsedText<>(
                      "transform",
                      PartitionTransform.FORM,
                      PartitionTransform::parse,
                      (subject, found) ->
                          found
                              + " is no partition transform. Allowed: "
                              + PartitionTransform.ALLOWED
                              + ".")),
              List.<Written<PartitionTransform>>of(),
              "not partitioned",
              "The partition spec of a table that is created. Transforms are a column, `years(c)`,"
                  + " `months(c)`, `days(c)`, `hours(c)`, `bucket(n, c)` and `truncate(w, c)`.")
          .examples(List.of("days(event_time)", "bucket(16, device_id)"));

  static final Key<List<Written<String>>> KEY =
      Key.withDefault(
              "key",
              ListType.distinct(TextType.COLUMN),
              List.<Written<String>>of(),
              "none",
              "The columns that identify a row.")
          .examples(List.of("device_id", "minute"));

  static final Key<List<Written<String>>> ORDER_BY =
      Key.withDefault(
              "order_by",
              ListType.distinct(TextType.COLUMN),
              List.<Written<String>>of(),
              "the Kafka position",
              "The columns that tell which of two rows with the same key is newer, the most"
                  + " significant first. Rows that are equal in them are ordered by their Kafka"
                  + " position. With mode `cdc` and Debezium's envelope the default is the position"
                  + " in the database's log, then the Kafka position.")
          .examples(List.of("updated_at"));

  static final Key<String> OP =
      Key.withDefault(
              "op",
              TextType.COLUMN,
              "op",
              "op",
              "The column that says what happened to the row: `c`, `r`, `u`, `d`, `t` or"
                  + " `tombstone`, as in Debezium's envelope.")
          .examples("change_type");

  static final Key<Deletes> DELETES =
      Key.withDefault(
          "deletes",
          new ChoiceType<>(Deletes.class, SinkShape::meaning),
          Deletes.HARD,
          "What becomes of a deleted row.");

  static final Key<History> HISTORY =
      Key.withDefault(
          "history",
          new ChoiceType<>(History.class, SinkShape::meaning),
          History.SCD1,
          "Whether earlier versions of a row are kept.");

  static final Key<String> ROUTE_BY =
      Key.optional(
              "route_by",
              TextType.COLUMN,
              "all rows go to one table",
              "The column whose value names the table: the sink's name, `_` and the value. Tables are"
                  + " created when their first row comes.")
          .examples("tenant");

  static final Key<BigDecimal> MAX_TABLES =
      Key.withDefault(
              "max_tables",
              NumberType.COUNT,
              BigDecimal.valueOf(100),
              "100",
              "How many tables there may be. A row that would need another goes to quarantine.")
          .examples(20);

  static final Shape SINK =
      Shape.of(
              "An Iceberg table that the pipeline writes.",
              FROM,
              ROWS,
              MODE,
              PARTITION_BY,
              KEY,
              ORDER_BY,
              OP,
              DELETES,
              HISTORY,
              ROUTE_BY,
              MAX_TABLES)
          .with(
              new Rule.RequiredWhen<>(
                  MODE,
                  Mode.UPSERT,
                  KEY,
                  "has mode upsert and no 'key'. Name the columns that identify a row."),
              new Rule.RequiredWhen<>(
                  MODE,
                  Mode.CDC,
                  KEY,
                  "has mode cdc and no 'key'. Name the columns that identify a row."),
              new Rule.RefusedWhen<>(
                  MODE,
                  Set.of(Mode.APPEND),
                  KEY,
                  "has mode append, which has no 'key'. Remove the key or use mode upsert."),
              new Rule.RefusedWhen<>(
                  MODE,
                  Set.of(Mode.APPEND),
                  ORDER_BY,
                  "has mode append, which keeps every row. Remove 'order_by' or use mode upsert."),
              onlyWithChanges(OP),
              onlyWithChanges(DELETES),
              onlyWithChanges(HISTORY),
              new Rule.RefusedWhen<>(
                  HISTORY,
                  Set.of(History.SCD2),
                  DELETES,
                  "has history scd2, where a deletion ends the newest version. Remove 'deletes'."),
              new Rule.RefusedWhen<>(
                  MODE,
                  Set.of(Mode.UPSERT, Mode.CDC),
                  ROUTE_BY,
                  "has 'route_by', which goes with mode append alone. Remove it."),
              new Rule.RefusedWhen<>(
                  ROWS,
                  Set.of(Rows.LATE),
                  KEY,
                  "has 'rows: late' and 'key'. Late rows are appended as they are: remove 'key', and"
                      + " use mode append."),
              new Rule.RefusedWhen<>(
                  ROWS,
                  Set.of(Rows.LATE),
                  ROUTE_BY,
                  "has 'rows: late' and 'route_by'. Late rows go to one table: remove 'route_by'."),
              new Rule.Needs(
                  MAX_TABLES, ROUTE_BY, "has 'max_tables' without 'route_by'. Remove it."));

  static final Key<String> TABLE =
      Key.required(
              "table",
              Names.TABLE_NAME,
              "The table of rejected and late records; not a sink. Several pipelines may share"
                  + " one.")
          .examples("iot.quarantine");

  static final Shape QUARANTINE =
      Shape.of("Where rejected and late records go, with payload, position and reason.", TABLE);

  private SinkShape() {}

  private static String meaning(Rows rows) {
    return switch (rows) {
      case ACCEPTED -> "those that go on";
      case LATE ->
          "those of a source that are behind its watermark; they go to this table instead of to"
              + " quarantine";
    };
  }

  private static String meaning(Mode mode) {
    return switch (mode) {
      case APPEND -> "every row is added, with its Kafka position";
      case UPSERT -> "a row replaces the one with the same key";
      case CDC -> "a row is a change of the one with the same key, or its deletion";
    };
  }

  private static String meaning(Deletes deletes) {
    return switch (deletes) {
      case HARD -> "it is removed";
      case SOFT -> "it stays, and its column `_is_deleted` is true";
    };
  }

  private static String meaning(History history) {
    return switch (history) {
      case SCD1 -> "only the newest version is";
      case SCD2 -> "each version is, with the columns `_valid_from`, `_valid_to` and `_is_current`";
    };
  }

  private static Rule onlyWithChanges(Key<?> key) {
    return new Rule.RefusedWhen<>(
        MODE,
        Set.of(Mode.APPEND, Mode.UPSERT),
        key,
        "has '" + key.name() + "', which goes with mode cdc alone. Remove it.");
  }
}
