/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import io.icestream.model.LookupDefinition;
import io.icestream.model.PipelineDefinition;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The lookup tables of a pipeline, kept in memory until their refresh time. Used by one thread.
 *
 * <p>Each batch names the snapshots that it was joined with. A batch that is run again asks for the
 * same snapshots, so that a row is judged the same way by every sink.
 */
public final class Lookups implements AutoCloseable {
  private final Map<String, LookupDefinition> definitions;
  private final Map<String, Loaded> loaded = new HashMap<>();

  private record Loaded(long snapshot, Instant at, Dataset<Row> rows) {}

  /**
   * @param definitions lookups by the name that SQL uses, as in {@link
   *     PipelineDefinition#lookups()}
   */
  public Lookups(Map<String, LookupDefinition> definitions) {
    this.definitions = Map.copyOf(definitions);
  }

  /**
   * Makes the lookups views of a session.
   *
   * @param spark the session of the batch
   * @param pinned the snapshots to use, by lookup; for the others the newest within the refresh
   *     time is used
   * @return the snapshots that are used, by lookup
   * @throws PipelineFailure if a table does not exist
   */
  public Map<String, Long> show(SparkSession spark, Map<String, Long> pinned) {
    Map<String, Long> snapshots = new LinkedHashMap<>();
    for (Map.Entry<String, LookupDefinition> entry : definitions.entrySet()) {
      String name = entry.getKey();
      Loaded current = loaded.get(name);
      Long pin = pinned.get(name);
      boolean usable =
          current != null
              && (pin == null ? isFresh(current, entry.getValue()) : pin == current.snapshot());
      if (!usable) {
        Loaded next = load(spark, entry.getValue().table(), pin);
        if (current != null) {
          current.rows().unpersist(false);
        }
        loaded.put(name, next);
        current = next;
      }
      Plans.dataset(spark, current.rows().queryExecution().analyzed())
          .createOrReplaceTempView(name);
      snapshots.put(name, current.snapshot());
    }
    return snapshots;
  }

  /** Frees what is kept in memory. */
  @Override
  public void close() {
    loaded.values().forEach(lookup -> lookup.rows().unpersist(false));
    loaded.clear();
  }

  private static boolean isFresh(Loaded current, LookupDefinition definition) {
    return Duration.between(current.at(), Instant.now()).compareTo(definition.refresh()) < 0;
  }

  private static Loaded load(SparkSession spark, String table, Long pin) {
    if (!spark.catalog().tableExists(table)) {
      throw new PipelineFailure(
          Kind.UNAVAILABLE,
          "Lookup table '"
              + table
              + "' does not exist in the catalog. Create it, or correct 'table' under 'lookups' in"
              + " the pipeline file.");
    }
    long snapshot = pin == null ? newestSnapshot(spark, table) : pin;
    Dataset<Row> rows =
        snapshot == 0
            ? spark.table(table).limit(0)
            : spark.read().option("snapshot-id", snapshot).table(table);
    return new Loaded(snapshot, Instant.now(), rows.cache());
  }

  /** The current snapshot of a table; 0 if the table has none. */
  private static long newestSnapshot(SparkSession spark, String table) {
    return spark
        .table(table + ".refs")
        .filter("name = 'main'")
        .select("snapshot_id")
        .collectAsList()
        .stream()
        .mapToLong(row -> row.getLong(0))
        .findFirst()
        .orElse(0);
  }
}
