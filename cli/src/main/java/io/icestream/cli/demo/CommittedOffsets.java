/* SPDX-License-Identifier: MIT */
package io.icestream.cli.demo;

import io.icestream.spark.commit.Marker;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/** How far the pipelines are, read from the markers in their tables. */
final class CommittedOffsets implements AutoCloseable {
  private final Catalog catalog;

  /**
   * @param catalogProperties properties of the Iceberg catalog
   */
  CommittedOffsets(Map<String, String> catalogProperties) {
    this.catalog = CatalogUtil.buildIcebergCatalog("lake", catalogProperties, new Configuration());
  }

  /** How many records of a topic that started at 0 are in both tables of a pipeline. */
  long of(DemoPipeline pipeline) {
    return Math.min(of(pipeline, pipeline.rows()), of(pipeline, pipeline.groups()));
  }

  /** How many rows a pipeline has quarantined. */
  long quarantined(DemoPipeline pipeline) {
    return table(pipeline.quarantine())
        .map(Table::currentSnapshot)
        .map(snapshot -> Long.parseLong(snapshot.summary().getOrDefault("total-records", "0")))
        .orElse(0L);
  }

  @Override
  public void close() {
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException("The catalog cannot be closed", e);
      }
    }
  }

  private long of(DemoPipeline pipeline, String sink) {
    return table(sink)
        .flatMap(t -> Marker.newest(t, pipeline.name(), sink))
        .map(m -> m.to().partitions().values().stream().mapToLong(Long::longValue).sum())
        .orElse(0L);
  }

  private Optional<Table> table(String name) {
    TableIdentifier identifier = TableIdentifier.parse(name);
    return catalog.tableExists(identifier)
        ? Optional.of(catalog.loadTable(identifier))
        : Optional.empty();
  }
}
