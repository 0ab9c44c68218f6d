/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.FormatDefinition.Encoding;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.Layout;
import io.icestream.model.FormatDefinition.Pattern;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.model.shape.CharacterType;
import io.icestream.model.shape.ChoiceType;
import io.icestream.model.shape.ConstantType;
import io.icestream.model.shape.Key;
import io.icestream.model.shape.ListType;
import io.icestream.model.shape.Rule;
import io.icestream.model.shape.Shape;
import io.icestream.model.shape.TextType;
import io.icestream.model.shape.Variants;
import io.icestream.model.shape.Written;
import java.util.List;
import java.util.Set;

/** How the value of a record becomes a row: a shape per format. */
final class FormatShapes {
  static final Key<String> SCHEMA =
      Key.required(
              "schema",
              TextType.PATH,
              "Path of an Avro schema (`.avsc`) of type record, relative to the pipeline file. It"
                  + " gives the columns.")
          .examples("schemas/reading.avsc");

  static final Key<UnknownFields> UNKNOWN_FIELDS =
      Key.withDefault(
          "unknown_fields",
          new ChoiceType<>(UnknownFields.class, FormatShapes::meaning),
          UnknownFields.IGNORE,
          "What happens to a field that the schema does not have.");

  /** A Protobuf message does not name its fields, so that nothing new could be given a column. */
  static final Key<UnknownFields> UNNAMED_FIELDS =
      Key.withDefault(
          "unknown_fields",
          new ChoiceType<>(
              List.of(UnknownFields.IGNORE, UnknownFields.REJECT), FormatShapes::meaning),
          UnknownFields.IGNORE,
          "What happens to a field number that the message does not have.");

  static final Key<Framing> FRAMING =
      Key.withDefault(
          "framing",
          new ChoiceType<>(Framing.class, FormatShapes::meaning),
          Framing.NONE,
          "What stands before the value and names its schema in a registry.");

  static final Key<Layout> LAYOUT =
      Key.withDefault(
          "layout",
          new ChoiceType<>(Layout.class, FormatShapes::meaning),
          Layout.SINGLE,
          "How many documents a record holds.");

  static final Key<String> WRITER_SCHEMA =
      Key.optional(
              "writer_schema",
              TextType.PATH,
              "the same as `schema`",
              "Path of the Avro schema that records were written with, where no framing names it.")
          .examples("schemas/reading-v1.avsc");

  static final Key<String> PROTOBUF_SCHEMA =
      Key.required(
              "schema",
              TextType.PATH,
              "Path of a `.proto` file or of a descriptor set (`.desc`), relative to the pipeline"
                  + " file. It gives the columns.")
          .examples("schemas/reading.proto");

  static final Key<String> MESSAGE =
      Key.optional(
              "message",
              TextType.TEXT,
              "the only message of the file",
              "Full name of the message that a record holds.")
          .examples("iot.v1.Reading");

  static final Key<Character> DELIMITER =
      Key.withDefault(
              "delimiter",
              new CharacterType('"', "a quote"),
              ',',
              ",",
              "The character that separates the fields.")
          .examples(";", "\t");

  static final Key<List<Written<String>>> HEADER =
      Key.optional(
              "header",
              ListType.distinct(TextType.COLUMN),
              "the order of the schema",
              "The names of the fields in the order of the line.")
          .examples(List.of("device_id", "event_time", "temperature"));

  static final Key<Pattern> PATTERN =
      Key.optional(
          "pattern",
          new ChoiceType<>(Pattern.class, FormatShapes::meaning),
          "`regex` is there",
          "A pattern that Icestream knows, which also fixes the columns.");

  static final Key<String> REGEX =
      Key.optional(
              "regex",
              TextType.TEXT,
              "`pattern` is there",
              "A regular expression in RE2 syntax that a whole line has to match. Its named groups"
                  + " become columns.")
          .examples("(?P<level>[A-Z]+) (?P<message>.*)");

  static final Key<String> GROUP_SCHEMA =
      Key.optional(
              "schema",
              TextType.PATH,
              "every group is a text",
              "Path of an Avro schema (`.avsc`) with the types of the groups, relative to the"
                  + " pipeline file.")
          .examples("schemas/line.avsc");

  static final Key<String> ROW_SCHEMA =
      Key.required(
              "schema",
              TextType.PATH,
              "Path of an Avro schema (`.avsc`) of the database table's rows, relative to the"
                  + " pipeline file.")
          .examples("schemas/customer.avsc");

  static final Key<Encoding> AS =
      Key.withDefault(
          "as",
          new ChoiceType<>(Encoding.class, FormatShapes::meaning),
          Encoding.BYTES,
          "The type of the one column, `value`.");

  static final Shape JSON =
      Shape.of(
              "JSON, read strictly: a wrong type, an overflow, a duplicate key or text after the"
                  + " document is a rejection, never a null.",
              type("json"),
              SCHEMA,
              UNKNOWN_FIELDS,
              LAYOUT,
              FRAMING)
          .with(
              new Rule.LimitedWhen<>(
                  LAYOUT,
                  Layout.LINES,
                  FRAMING,
                  Set.of(Framing.NONE),
                  "has layout lines and a framing, which stands before a single document. Remove"
                      + " one of them."));

  static final Shape AVRO =
      Shape.of(
              "Avro's binary encoding of one value per record.",
              type("avro"),
              SCHEMA,
              WRITER_SCHEMA,
              UNKNOWN_FIELDS,
              FRAMING)
          .with(
              new Rule.RefusedWhen<>(
                  FRAMING,
                  Set.of(Framing.CONFLUENT, Framing.GLUE),
                  WRITER_SCHEMA,
                  "has a framing, which names the writer's schema of each record. Remove"
                      + " 'writer_schema'."));

  static final Shape PROTOBUF =
      Shape.of(
          "Protobuf's binary encoding of one message per record.",
          type("protobuf"),
          PROTOBUF_SCHEMA,
          MESSAGE,
          UNNAMED_FIELDS,
          FRAMING);

  static final Shape CSV =
      Shape.of("One RFC 4180 line per record.", type("csv"), SCHEMA, DELIMITER, HEADER);

  static final Shape TEXT =
      Shape.of(
              "One line of text per record, taken apart by a pattern.",
              type("text"),
              PATTERN,
              REGEX,
              GROUP_SCHEMA)
          .with(
              new Rule.EitherOr(PATTERN, REGEX),
              new Rule.Needs(
                  GROUP_SCHEMA,
                  REGEX,
                  "has a 'schema', which gives the types of the groups of a 'regex'. A pattern has"
                      + " types of its own: remove the schema."));

  static final Shape DEBEZIUM =
      Shape.of(
          "Debezium's JSON envelope of a database change, with or without the schema beside it.",
          type("debezium"),
          ROW_SCHEMA,
          UNKNOWN_FIELDS);

  static final Shape RAW =
      Shape.of("The value as it is, in one column named `value`.", type("raw"), AS);

  static final Variants FORMAT =
      Variants.of(
          "type",
          "The encoding of the records' values.",
          JSON,
          AVRO,
          PROTOBUF,
          CSV,
          TEXT,
          DEBEZIUM,
          RAW);

  private FormatShapes() {}

  private static Key<Object> type(String name) {
    return Key.required("type", new ConstantType(name), "The format.");
  }

  private static String meaning(UnknownFields value) {
    return switch (value) {
      case EVOLVE -> "it becomes a column, between two batches";
      case IGNORE -> "it is left out and counted";
      case REJECT -> "its record goes to quarantine";
    };
  }

  private static String meaning(Framing value) {
    return switch (value) {
      case NONE -> "nothing";
      case CONFLUENT -> "a zero byte and a schema id of four bytes (Confluent's registry)";
      case GLUE -> "a header, a compression byte and the UUID of a schema version (AWS Glue)";
    };
  }

  private static String meaning(Layout value) {
    return switch (value) {
      case SINGLE -> "one";
      case LINES -> "one per line, each a row of its own";
    };
  }

  private static String meaning(Pattern value) {
    return switch (value) {
      case APACHE_COMBINED -> "Apache's combined log format";
      case NGINX_COMBINED -> "nginx's combined log format";
    };
  }

  private static String meaning(Encoding value) {
    return switch (value) {
      case BYTES -> "binary";
      case TEXT -> "a text in UTF-8; other bytes are a rejection";
    };
  }
}
