/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

import java.util.List;
import java.util.Objects;

/**
 * A schema as a registry has it.
 *
 * @param language the language it is written in
 * @param text the schema
 * @param references the schemas that it refers to, each behind those that it needs itself
 */
public record WriterSchema(Language language, String text, List<Reference> references) {
  public WriterSchema {
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(text, "text");
    references = List.copyOf(references);
  }

  /** A schema that refers to no other. */
  public static WriterSchema of(Language language, String text) {
    return new WriterSchema(language, text, List.of());
  }

  /** The languages of schemas. */
  public enum Language {
    AVRO,
    PROTOBUF,
    JSON,
    /** One that Icestream does not know. */
    OTHER
  }

  /**
   * A schema that another one refers to.
   *
   * @param name what the other one calls it: a full name in Avro, the import in Protobuf
   * @param text the schema
   */
  public record Reference(String name, String text) {}
}
