/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Gives the schemas that records were written with. Safe for use by several threads. */
@FunctionalInterface
public interface SchemaRegistry {

  /**
   * Looks a schema up.
   *
   * @return empty if the registry answers that it has no such schema
   * @throws RegistryUnavailableException if the registry does not answer, or not to the question;
   *     nothing is known about the schema then
   */
  Optional<WriterSchema> byId(SchemaId id);

  /**
   * The registry of an environment, with a cache, and waiting while the registry is away. One for
   * all tasks of this JVM.
   */
  static SchemaRegistry shared(RegistrySettings settings) {
    return Shared.REGISTRIES.computeIfAbsent(settings, SchemaRegistry::open);
  }

  private static SchemaRegistry open(RegistrySettings settings) {
    SchemaRegistry client =
        switch (settings.type()) {
          case CONFLUENT -> new ConfluentRegistry(settings);
          case GLUE -> new GlueRegistry(settings);
        };
    return new CachedRegistry(
        new PatientRegistry(client, settings.place(), settings.retries()), System::nanoTime);
  }

  /** The registries that are in use in this JVM. */
  final class Shared {
    private static final Map<RegistrySettings, SchemaRegistry> REGISTRIES =
        new ConcurrentHashMap<>();

    private Shared() {}
  }
}
