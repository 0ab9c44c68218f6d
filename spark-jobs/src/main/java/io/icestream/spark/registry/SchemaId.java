/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

import java.util.UUID;

/** What names a schema in a registry, for good: a registry never gives an id a second time. */
public sealed interface SchemaId {

  /** The id of a schema in a registry that speaks Confluent's REST interface. */
  record Numbered(int value) implements SchemaId {
    @Override
    public String toString() {
      return Integer.toString(value);
    }
  }

  /** The id of a schema version in AWS Glue. */
  record Version(UUID value) implements SchemaId {
    @Override
    public String toString() {
      return value.toString();
    }
  }
}
