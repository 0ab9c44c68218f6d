/* SPDX-License-Identifier: MIT */
package io.icestream.infra.environment;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a producer writes the records of a topic, as {@code docs/producers.md} describes it.
 *
 * @param format json, avro or protobuf
 * @param schema where the schema is; empty for JSON
 * @param message full name of the Protobuf message; empty for the only one of its file
 * @param framing none, confluent or glue
 * @param schemaId number (confluent) or UUID (glue) of the schema in its registry; empty without a
 *     framing
 */
public record TopicFormat(
    String format,
    Optional<Schema> schema,
    Optional<String> message,
    String framing,
    Optional<String> schemaId) {

  /** JSON objects, each in its own bytes. */
  public static final TopicFormat JSON =
      new TopicFormat("json", Optional.empty(), Optional.empty(), "none", Optional.empty());

  /** Whether the schema's id is a number. */
  public boolean numbered() {
    return framing.equals("confluent");
  }

  /** Where a schema is. */
  public sealed interface Schema {}

  /** A file of this machine, which the deployment takes along. */
  public record LocalSchema(Path file) implements Schema {}

  /** An object that is in S3 already. */
  public record StoredSchema(String bucket, String key) implements Schema {}
}
