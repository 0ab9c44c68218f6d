/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How the value of a Kafka record becomes a typed row. */
public sealed interface FormatDefinition {

  /**
   * JSON, read strictly: a wrong type, an overflow, a duplicate key or text after the document is a
   * rejection, never a null.
   *
   * @param schema path of an Avro schema (.avsc), relative to the pipeline file
   * @param unknownFields what to do with fields that the schema does not have; default {@link
   *     UnknownFields#IGNORE}
   * @param layout how many documents a record holds; default {@link Layout#SINGLE}
   * @param framing what stands before the document; default {@link Framing#NONE}
   */
  record Json(String schema, UnknownFields unknownFields, Layout layout, Framing framing)
      implements FormatDefinition {
    public Json {
      Objects.requireNonNull(schema, "schema");
      Objects.requireNonNull(unknownFields, "unknownFields");
      Objects.requireNonNull(layout, "layout");
      Objects.requireNonNull(framing, "framing");
    }
  }

  /**
   * Avro's binary encoding of one value per record.
   *
   * @param schema path of the reader's schema (.avsc), relative to the pipeline file: it gives the
   *     columns
   * @param writerSchema path of the schema that records were written with, where no framing names
   *     it; default: the reader's
   * @param unknownFields what to do with fields that a writer's schema has and the reader's has
   *     not; default {@link UnknownFields#IGNORE}
   * @param framing what stands before the value and names its writer's schema; default {@link
   *     Framing#NONE}
   */
  record Avro(
      String schema, Optional<String> writerSchema, UnknownFields unknownFields, Framing framing)
      implements FormatDefinition {
    public Avro {
      Objects.requireNonNull(schema, "schema");
      Objects.requireNonNull(writerSchema, "writerSchema");
      Objects.requireNonNull(unknownFields, "unknownFields");
      Objects.requireNonNull(framing, "framing");
    }
  }

  /**
   * Protobuf's binary encoding of one message per record.
   *
   * @param schema path of a {@code .proto} file or of a descriptor set ({@code .desc}), relative to
   *     the pipeline file
   * @param message full name of the message; default: the only message of the file
   * @param unknownFields what to do with fields that the message does not have; default {@link
   *     UnknownFields#IGNORE}
   * @param framing what stands before the message; default {@link Framing#NONE}
   */
  record Protobuf(
      String schema, Optional<String> message, UnknownFields unknownFields, Framing framing)
      implements FormatDefinition {
    public Protobuf {
      Objects.requireNonNull(schema, "schema");
      Objects.requireNonNull(message, "message");
      Objects.requireNonNull(unknownFields, "unknownFields");
      Objects.requireNonNull(framing, "framing");
    }
  }

  /**
   * One RFC 4180 line per record.
   *
   * @param schema path of an Avro schema (.avsc), relative to the pipeline file
   * @param delimiter separates the fields; default a comma
   * @param header names of the fields in the order of the line; default: the order of the schema
   */
  record Csv(String schema, char delimiter, List<String> header) implements FormatDefinition {
    public Csv {
      Objects.requireNonNull(schema, "schema");
      header = List.copyOf(header);
    }
  }

  /**
   * One line of text per record, taken apart by a pattern. Either {@code pattern} or {@code regex}
   * is there.
   *
   * @param pattern a pattern that Icestream knows, which also fixes the columns
   * @param regex a regular expression in RE2 syntax whose named groups become columns
   * @param schema path of an Avro schema (.avsc) with the types of the groups, relative to the
   *     pipeline file; only with {@code regex}; default: every group is a text
   */
  record Text(Optional<Pattern> pattern, Optional<String> regex, Optional<String> schema)
      implements FormatDefinition {
    public Text {
      Objects.requireNonNull(pattern, "pattern");
      Objects.requireNonNull(regex, "regex");
      Objects.requireNonNull(schema, "schema");
    }
  }

  /**
   * Debezium's JSON envelope of a database change, with or without the schema beside it.
   *
   * @param schema path of an Avro schema (.avsc) of the database table's rows, relative to the
   *     pipeline file
   * @param unknownFields what to do with columns that the schema does not have; default {@link
   *     UnknownFields#IGNORE}
   */
  record Debezium(String schema, UnknownFields unknownFields) implements FormatDefinition {
    public Debezium {
      Objects.requireNonNull(schema, "schema");
      Objects.requireNonNull(unknownFields, "unknownFields");
    }
  }

  /**
   * The value as it is, in one column named {@code value}.
   *
   * @param as its type; default {@link Encoding#BYTES}
   */
  record Raw(Encoding as) implements FormatDefinition {
    public Raw {
      Objects.requireNonNull(as, "as");
    }
  }

  /** What happens to a field that the schema does not have. */
  enum UnknownFields {
    /** It becomes a column, between two batches. */
    EVOLVE,
    /** It is left out and counted. */
    IGNORE,
    /** Its record goes to quarantine. */
    REJECT
  }

  /** How many documents a record holds. */
  enum Layout {
    /** One. */
    SINGLE,
    /** One per line; each is a row of its own. */
    LINES
  }

  /** What stands before a value to name its schema. */
  enum Framing {
    /** Nothing. */
    NONE,
    /** A zero byte and a schema id of four bytes, as Confluent's schema registry has it. */
    CONFLUENT,
    /** A header, a compression byte and a schema version's UUID, as AWS Glue's registry has it. */
    GLUE
  }

  /** The log line patterns that Icestream knows. */
  enum Pattern {
    APACHE_COMBINED,
    NGINX_COMBINED
  }

  /** What a raw value is taken for. */
  enum Encoding {
    BYTES,
    /** UTF-8; other bytes are a rejection. */
    TEXT
  }
}
