/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import io.icestream.model.PartitionTransform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.types.StructType;

/**
 * A table as the pipeline wants it.
 *
 * @param table namespace and name, joined by a dot
 * @param schema its columns
 * @param partitionBy its partition spec
 * @param properties Iceberg table properties
 * @param aggregate whether its rows are groups that are kept up to date. A column that is added
 *     later would lack what happened before, so it cannot be
 */
public record TableSpec(
    String table,
    StructType schema,
    List<PartitionTransform> partitionBy,
    Map<String, String> properties,
    boolean aggregate) {

  /**
   * What every table gets: a format that Athena reads, and metadata whose size does not grow with
   * the number of commits faster than it has to.
   */
  public static final Map<String, String> DEFAULT_PROPERTIES =
      Map.of(
          "format-version", "2",
          "write.parquet.compression-codec", "zstd",
          "write.metadata.compression-codec", "gzip",
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "20");

  public TableSpec {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(schema, "schema");
    partitionBy = List.copyOf(partitionBy);
    properties = Map.copyOf(properties);
  }

  /** A table whose rows do not change. */
  public TableSpec(
      String table,
      StructType schema,
      List<PartitionTransform> partitionBy,
      Map<String, String> properties) {
    this(table, schema, partitionBy, properties, false);
  }

  /** The same table with further properties. */
  public TableSpec with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(properties);
    all.putAll(more);
    return new TableSpec(table, schema, partitionBy, all, aggregate);
  }
}
