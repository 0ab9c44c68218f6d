/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.spark.registry.RegistrySettings;
import io.icestream.spark.registry.SchemaId;
import io.icestream.spark.registry.SchemaRegistry;
import io.icestream.spark.registry.WriterSchema;
import java.io.Serializable;
import java.util.Optional;

/** How a decoder, wherever it was sent, comes by a schema registry. */
@FunctionalInterface
interface RegistryAccess extends Serializable {

  SchemaRegistry registry();

  /**
   * @param settings empty if the source needs no registry
   */
  static RegistryAccess of(Optional<RegistrySettings> settings) {
    // Not the Optional, which cannot be sent
    RegistrySettings present = settings.orElse(null);
    return () -> {
      if (present == null) {
        throw new IllegalStateException("A source without a registry asks for a schema");
      }
      return SchemaRegistry.shared(present);
    };
  }

  /** The schema of an id; waits while the registry is away. */
  default WriterSchema require(SchemaId id) throws Rejection {
    return registry()
        .byId(id)
        .orElseThrow(
            () -> new Rejection("unknown_schema", "The registry has no schema with id " + id));
  }
}
