/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Asks a registry once for each schema. Schemas never change, so they are kept for good. That there
 * is none is kept for a short time only: a schema may be registered after the first record with its
 * id, and until then each of its records would ask.
 */
final class CachedRegistry implements SchemaRegistry {
  static final Duration ABSENT_FOR = Duration.ofSeconds(30);

  /** Ids come from records, and broken records can hold any. */
  static final int ABSENT_AT_MOST = 10_000;

  private final SchemaRegistry registry;
  private final LongSupplier nanoTime;
  private final Map<SchemaId, WriterSchema> known = new ConcurrentHashMap<>();
  private final Map<SchemaId, Long> absentSince =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SchemaId, Long> eldest) {
          return size() > ABSENT_AT_MOST;
        }
      };

  /**
   * @param nanoTime a clock that never goes back, in nanoseconds
   */
  CachedRegistry(SchemaRegistry registry, LongSupplier nanoTime) {
    this.registry = registry;
    this.nanoTime = nanoTime;
  }

  @Override
  public Optional<WriterSchema> byId(SchemaId id) {
    WriterSchema schema = known.get(id);
    if (schema != null) {
      return Optional.of(schema);
    }
    if (isAbsent(id)) {
      return Optional.empty();
    }
    // Without a lock: a registry that is away must not hold up those whose schema is here
    Optional<WriterSchema> found = registry.byId(id);
    found.ifPresentOrElse(s -> known.put(id, s), () -> remember(id));
    return found;
  }

  private boolean isAbsent(SchemaId id) {
    synchronized (absentSince) {
      Long since = absentSince.get(id);
      if (since == null) {
        return false;
      }
      if (nanoTime.getAsLong() - since < ABSENT_FOR.toNanos()) {
        return true;
      }
      absentSince.remove(id);
      return false;
    }
  }

  private void remember(SchemaId id) {
    synchronized (absentSince) {
      absentSince.put(id, nanoTime.getAsLong());
    }
  }
}
