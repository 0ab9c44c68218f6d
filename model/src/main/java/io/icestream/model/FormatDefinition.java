/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.Objects;

/** How the value of a Kafka record becomes a typed row. */
public sealed interface FormatDefinition {

  /**
   * One JSON document per record, read strictly: a wrong type, an overflow, a duplicate key or text
   * after the document is a rejection, never a null.
   *
   * @param schema path of an Avro schema (.avsc), relative to the pipeline file
   * @param unknownFields what to do with fields that the schema does not have; default {@link
   *     UnknownFields#IGNORE}
   */
  record Json(String schema, UnknownFields unknownFields) implements FormatDefinition {
    public Json {
      Objects.requireNonNull(schema, "schema");
      Objects.requireNonNull(unknownFields, "unknownFields");
    }
  }

  /**
   * One RFC 4180 line per record, its fields in the order of the schema.
   *
   * @param schema path of an Avro schema (.avsc), relative to the pipeline file
   * @param delimiter separates the fields; default a comma
   */
  record Csv(String schema, char delimiter) implements FormatDefinition {
    public Csv {
      Objects.requireNonNull(schema, "schema");
    }
  }

  /**
   * One log line per record, taken apart by a named pattern, which also fixes the columns.
   *
   * @param pattern the pattern
   */
  record Text(Pattern pattern) implements FormatDefinition {
    public Text {
      Objects.requireNonNull(pattern, "pattern");
    }
  }

  /** What happens to a field that the schema does not have. */
  enum UnknownFields {
    IGNORE,
    REJECT
  }

  /** The log line patterns that Icestream knows. */
  enum Pattern {
    APACHE_COMBINED
  }
}
