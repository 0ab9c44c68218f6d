/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import io.icestream.model.metric.Metric;
import io.icestream.spark.commit.TableHealth;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Shows how tables are. For one thread. */
final class TableMeters {
  private final Meters meters;
  private final Map<String, TableHealth.Watch> watches = new LinkedHashMap<>();

  TableMeters(Meters meters, SparkSession spark, TableNames tables) {
    this.meters = meters;
    tables.names().forEach(table -> watches.put(table, new TableHealth.Watch(spark, table)));
  }

  void look() {
    watches.forEach((table, watch) -> show(table, watch.look()));
  }

  private void show(String table, TableHealth health) {
    meters.set(Metric.TABLE_FILES, health.files(), table);
    meters.set(Metric.TABLE_BYTES, health.bytes(), table);
    meters.set(Metric.TABLE_SMALL_FILES, health.smallFiles(), table);
    meters.set(Metric.TABLE_DELETE_FILES, health.deleteFiles(), table);
    meters.set(Metric.TABLE_SNAPSHOTS, health.snapshots(), table);
    meters.set(Metric.TABLE_MANIFESTS, health.manifests(), table);
  }
}
