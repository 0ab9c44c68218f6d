/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.shape.ConstantType;
import io.icestream.model.shape.Entries;
import io.icestream.model.shape.EntriesType;
import io.icestream.model.shape.FreeType;
import io.icestream.model.shape.Key;
import io.icestream.model.shape.ListType;
import io.icestream.model.shape.Shape;
import io.icestream.model.shape.TextType;
import io.icestream.model.shape.Values;
import io.icestream.model.shape.Written;
import java.util.List;
import java.util.Map;

/** A pipeline file as a whole: the source of the parser, the JSON Schema and the reference. */
final class PipelineShape {
  static final Key<String> TEST_NAME =
      Key.required("name", TextType.TEXT, "Says what is shown.")
          .examples("a reading out of range is quarantined");

  static final Key<Entries<List<Written<Object>>>> GIVEN =
      Key.withDefault(
          "given",
          EntriesType.of("", ListType.of(FreeType.VALUE)),
          new Entries<>(List.of()),
          "nothing",
          "Records by source, rows by lookup. A mapping is a record with these fields, in the"
              + " source's format; a text is the payload itself. Nothing is substituted here.");

  static final Key<Entries<List<Written<Map<String, Object>>>>> TEST_EXPECT =
      Key.withDefault(
          "expect",
          EntriesType.of("", ListType.of(FreeType.ROW)),
          new Entries<>(List.of()),
          "nothing",
          "Rows by table, the quarantine table among them. A row names the columns that matter;"
              + " tables that are not named are not looked at. Nothing is substituted here.");

  static final Shape TEST =
      Shape.of("An example of what the pipeline does.", TEST_NAME, GIVEN, TEST_EXPECT);

  static final Key<Object> VERSION =
      Key.required("version", new ConstantType(1), "The version of this language.");

  static final Key<String> NAME =
      Key.required(
              "name",
              Names.PIPELINE_NAME,
              "Names the pipeline in tables, metrics and logs: letters, digits and dashes, a letter"
                  + " first. Renaming a pipeline makes it another one.")
          .examples("iot-telemetry");

  static final Key<Entries<Values>> SOURCES =
      Key.required(
          "sources",
          EntriesType.of("source", SourceShape.SOURCE)
              .named(Names.SQL_NAMES)
              .notEmpty()
              .atMost(
                  1,
                  (subject, found) ->
                      subject
                          + " "
                          + found
                          + " is the second one: a pipeline reads one source. Put it into a"
                          + " pipeline file of its own."),
          "The topic, by its name in SQL; exactly one.");

  static final Key<Entries<Values>> LOOKUPS =
      Key.withDefault(
          "lookups",
          EntriesType.of("lookup", SourceShape.LOOKUP).named(Names.SQL_NAMES),
          new Entries<>(List.of()),
          "none",
          "Tables to join with, by their names in SQL.");

  static final Key<Entries<Values>> STEPS =
      Key.withDefault(
          "steps",
          EntriesType.of("step", StepShape.STEP).named(Names.SQL_NAMES),
          new Entries<>(List.of()),
          "none",
          "SQL steps, by their names in SQL, in the order in which they build on each other.");

  static final Key<Entries<Values>> SINKS =
      Key.required(
          "sinks",
          EntriesType.of("sink", SinkShape.SINK).named(Names.TABLES).notEmpty(),
          "Tables to write, by table (`namespace.name`); at least one.");

  static final Key<Values> QUARANTINE =
      Key.required("quarantine", SinkShape.QUARANTINE, "Where rejected and late records go.");

  static final Key<List<Written<Values>>> TESTS =
      Key.withDefault(
          "tests",
          ListType.of("test", TEST),
          List.<Written<Values>>of(),
          "none",
          "Examples of what the pipeline does, for `icestream test`.");

  static final Shape PIPELINE =
      Shape.of(
          "A pipeline of Icestream: from a Kafka topic to Iceberg tables.",
          VERSION,
          NAME,
          SOURCES,
          LOOKUPS,
          STEPS,
          SINKS,
          QUARANTINE,
          TESTS);

  private PipelineShape() {}
}
