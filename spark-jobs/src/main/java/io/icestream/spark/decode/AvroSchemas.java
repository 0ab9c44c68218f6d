/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.spark.registry.WriterSchema;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Avro schemas from text. */
final class AvroSchemas {
  private AvroSchemas() {}

  /**
   * The schema of a file.
   *
   * @throws IllegalArgumentException if it is none; the message is the end of a sentence
   */
  static Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException("is no Avro schema: " + e.getMessage(), e);
    }
  }

  /**
   * The schema that a registry has.
   *
   * @throws IllegalArgumentException if it is none; the message is the end of a sentence
   */
  static Schema parse(WriterSchema schema) {
    if (schema.language() != WriterSchema.Language.AVRO) {
      throw new IllegalArgumentException("is not Avro but " + schema.language());
    }
    // Only readers use defaults, so that a writer's may be wrong
    Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
    try {
      schema.references().forEach(reference -> parser.parse(reference.text()));
      return parser.parse(schema.text());
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException("is no Avro schema: " + e.getMessage(), e);
    }
  }
}
