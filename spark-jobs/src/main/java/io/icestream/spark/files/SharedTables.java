/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Tables as tasks see them. One is sent again only when something has changed that a writer looks
 * at, so that executors keep their clients of the store from batch to batch.
 */
final class SharedTables {
  /** What the pipelines keep in the properties changes with each commit, and no writer reads it. */
  private static final String OWN_PROPERTIES = "icestream.";

  private static final Map<String, Shared> SHARED = new ConcurrentHashMap<>();

  private SharedTables() {}

  private record Shared(Aspect aspect, Broadcast<Table> table) {}

  /** What a writer depends on. */
  private record Aspect(
      String application,
      String uuid,
      int schema,
      int spec,
      int sortOrder,
      Map<String, String> properties,
      Map<String, String> io) {
    static Aspect of(Table table, String application) {
      Map<String, String> properties = new TreeMap<>(table.properties());
      properties.keySet().removeIf(key -> key.startsWith(OWN_PROPERTIES));
      return new Aspect(
          application,
          table.uuid().toString(),
          table.schema().schemaId(),
          table.spec().specId(),
          table.sortOrder().orderId(),
          properties,
          io(table.io()));
    }

    /** A store that does not tell its properties has none that a load of the table could change. */
    private static Map<String, String> io(FileIO io) {
      try {
        return Map.copyOf(io.properties());
      } catch (UnsupportedOperationException e) {
        return Map.of();
      }
    }
  }

  static Broadcast<Table> share(SparkSession spark, Table table) {
    Aspect aspect = Aspect.of(table, spark.sparkContext().applicationId());
    return SHARED
        .compute(table.name(), (name, shared) -> current(spark, table, aspect, shared))
        .table();
  }

  private static Shared current(SparkSession spark, Table table, Aspect aspect, Shared shared) {
    if (shared != null && shared.aspect().equals(aspect)) {
      return shared;
    }
    if (shared != null && shared.aspect().application().equals(aspect.application())) {
      shared.table().unpersist(false); // a task that still writes with it fetches it again
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return new Shared(aspect, context.broadcast(SerializableTableWithSize.copyOf(table)));
  }
}
