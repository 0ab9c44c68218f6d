/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Iceberg's Spark catalog, handing out {@link FencedTable}s. Named in Spark's settings, so that
 * appends and SQL MERGE meet the fence alike.
 */
public final class FencedCatalog extends SparkCatalog {
  @Override
  protected Catalog buildIcebergCatalog(String name, CaseInsensitiveStringMap options) {
    Catalog catalog = super.buildIcebergCatalog(name, options);
    if (catalog instanceof SupportsNamespaces namespaces) {
      return new FencedTables(catalog, namespaces);
    }
    throw new IllegalStateException(
        "Catalog " + name + " has no namespaces: " + catalog.getClass().getName());
  }
}
