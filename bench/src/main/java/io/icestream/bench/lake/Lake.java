/* SPDX-License-Identifier: MIT */
package io.icestream.bench.lake;

import io.icestream.bench.workload.RowShape;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * A catalog with a warehouse in a folder of its own: Iceberg's JDBC catalog over SQLite.
 *
 * @param folder absolute
 */
public record Lake(Path folder) {
  /** The table that every system fills. */
  public static final TableIdentifier TABLE = TableIdentifier.of("bench", "events");

  /** Properties of the catalog, as Iceberg takes them in every system. */
  public Map<String, String> catalog() {
    Map<String, String> properties = new TreeMap<>();
    properties.put(
        "uri",
        "jdbc:sqlite:"
            + folder.resolve("catalog.db")
            + "?busy_timeout=30000&journal_mode=WAL&synchronous=NORMAL");
    properties.put("jdbc.schema-version", "V1");
    properties.put("warehouse", folder.resolve("warehouse").toString());
    properties.put("io-impl", LocalFileIO.class.getName());
    return properties;
  }

  /** Creates the table with these properties besides version 2. */
  public void create(RowShape shape, Partitions partitions, Map<String, String> properties) {
    Map<String, String> all = new TreeMap<>(properties);
    all.put("format-version", "2");
    Schema schema = shape.iceberg();
    try (JdbcCatalog catalog = open()) {
      catalog.createNamespace(Namespace.of("bench"));
      var unused = catalog.createTable(TABLE, schema, partitions.of(schema, shape), all);
    }
  }

  /** What the table holds. */
  public TableState state(RowShape shape) {
    try (JdbcCatalog catalog = open()) {
      return TableState.of(catalog.loadTable(TABLE), shape);
    }
  }

  /** The rows that the table's newest snapshot has, as it says itself; 0 without a table. */
  public long totalRecords() {
    try (JdbcCatalog catalog = open()) {
      if (!catalog.tableExists(TABLE)) {
        return 0;
      }
      Table table = catalog.loadTable(TABLE);
      return table.currentSnapshot() == null
          ? 0
          : Long.parseLong(table.currentSnapshot().summary().getOrDefault("total-records", "0"));
    }
  }

  /** Opens the catalog; the caller closes it. */
  public JdbcCatalog open() {
    Map<String, String> properties = new TreeMap<>(catalog());
    properties.put("catalog-impl", JdbcCatalog.class.getName());
    return (JdbcCatalog) CatalogUtil.buildIcebergCatalog("lake", properties, null);
  }
}
