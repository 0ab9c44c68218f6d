/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.KafkaDefinition.Start;
import io.icestream.model.LookupDefinition;
import io.icestream.model.shape.ChoiceType;
import io.icestream.model.shape.DurationType;
import io.icestream.model.shape.Entries;
import io.icestream.model.shape.EntriesType;
import io.icestream.model.shape.Key;
import io.icestream.model.shape.Rule;
import io.icestream.model.shape.Shape;
import io.icestream.model.shape.TextType;
import io.icestream.model.shape.Values;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Where rows come from: sources and lookups. */
final class SourceShape {
  static final Key<String> TOPIC =
      Key.required("topic", TextType.TEXT, "The name of the topic.").examples("iot.readings");

  static final Key<Start> START =
      Key.withDefault(
          "start",
          new ChoiceType<>(Start.class, SourceShape::meaning),
          Start.EARLIEST,
          "Where the first run starts; later runs go on where the tables are.");

  static final Key<Values> KAFKA =
      Key.required("kafka", Shape.of("The topic of a source.", TOPIC, START), "The topic.");

  static final Key<Values> FORMAT =
      Key.required("format", FormatShapes.FORMAT, "How the value of a record becomes a row.");

  static final Key<String> EVENT_TIME =
      Key.optional(
              "event_time",
              TextType.COLUMN,
              "the rows have no time of their own",
              "The column that holds the time of the event, a timestamp. A record in which it is"
                  + " null is rejected.")
          .examples("event_time");

  static final Key<Duration> WATERMARK =
      Key.optional(
              "watermark",
              DurationType.DURATION,
              "no row is ever late",
              "How far a row may be behind the newest event of its Kafka partition before it counts"
                  + " as late.")
          .examples("10m");

  static final Shape SOURCE =
      Shape.of(
              "A Kafka topic and how its records become rows.",
              KAFKA,
              FORMAT,
              EVENT_TIME,
              WATERMARK)
          .with(
              new Rule.Needs(
                  WATERMARK,
                  EVENT_TIME,
                  "has a 'watermark', which needs 'event_time': the column that tells how old a row"
                      + " is. Add it."));

  static final Key<String> TABLE =
      Key.required("table", Names.TABLE_NAME, "An Iceberg table of the same catalog, which exists.")
          .examples("ref.devices");

  static final Key<Entries<String>> COLUMNS =
      Key.withDefault(
              "columns",
              EntriesType.of("", TextType.TEXT),
              new Entries<>(List.of()),
              "all that the table has",
              "The columns that steps use, with their types in SQL. With them a pipeline can be"
                  + " checked and tested without the table.")
          .examples(Map.of("device_id", "string"));

  static final Key<Duration> REFRESH =
      Key.withDefault(
              "refresh",
              DurationType.DURATION,
              LookupDefinition.DEFAULT_REFRESH,
              "5m",
              "How old the content may be that a batch is joined with.")
          .examples("30s");

  static final Shape LOOKUP =
      Shape.of("A reference table that steps join with.", TABLE, COLUMNS, REFRESH);

  private SourceShape() {}

  private static String meaning(Start start) {
    return switch (start) {
      case EARLIEST -> "with the oldest record that is there";
      case LATEST -> "with what comes from now on";
    };
  }
}
