/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.PartitionTransform;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.model.shape.ChoiceType;
import io.icestream.model.shape.Key;
import io.icestream.model.shape.ListType;
import io.icestream.model.shape.ParsedText;
import io.icestream.model.shape.Rule;
import io.icestream.model.shape.Shape;
import io.icestream.model.shape.TextType;
import io.icestream.model.shape.Written;
import java.util.List;
import java.util.Set;

/** Where rows go: sinks and the quarantine. */
final class SinkShape {
  static final Key<String> FROM =
      Key.required("from", TextType.TEXT, "The step or source whose rows the table gets.")
          .examples("enriched");

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

  static final Shape SINK =
      Shape.of("An Iceberg table that the pipeline writes.", FROM, MODE, PARTITION_BY, KEY)
          .with(
              new Rule.RequiredWhen<>(
                  MODE,
                  Mode.UPSERT,
                  KEY,
                  "has mode upsert and no 'key'. Name the columns that identify a row."),
              new Rule.RefusedWhen<>(
                  MODE,
                  Set.of(Mode.APPEND),
                  KEY,
                  "has mode append, which has no 'key'. Remove the key or use mode upsert."));

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

  private static String meaning(Mode mode) {
    return switch (mode) {
      case APPEND -> "every row is added, with its Kafka position";
      case UPSERT -> "a row replaces the one with the same key";
    };
  }
}
