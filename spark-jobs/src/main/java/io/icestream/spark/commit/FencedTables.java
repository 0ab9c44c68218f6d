/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;

/** Any Iceberg catalog, with each table it loads behind the fence. */
final class FencedTables implements Catalog, SupportsNamespaces {
  private final Catalog catalog;
  private final SupportsNamespaces namespaces;
  private final Duration firstPause;

  FencedTables(Catalog catalog, SupportsNamespaces namespaces) {
    this(catalog, namespaces, FencedOperations.FIRST_PAUSE);
  }

  /**
   * @param firstPause how long to wait before the second look at a commit without an answer
   */
  FencedTables(Catalog catalog, SupportsNamespaces namespaces, Duration firstPause) {
    this.catalog = catalog;
    this.namespaces = namespaces;
    this.firstPause = firstPause;
  }

  @Override
  public Table loadTable(TableIdentifier identifier) {
    Table table = catalog.loadTable(identifier);
    // Metadata tables such as t.snapshots are other classes, and are read only
    return table instanceof BaseTable base ? new FencedTable(base, firstPause) : table;
  }

  @Override
  public String name() {
    return catalog.name();
  }

  @Override
  public TableBuilder buildTable(TableIdentifier identifier, Schema schema) {
    return catalog.buildTable(identifier, schema);
  }

  @Override
  public List<TableIdentifier> listTables(Namespace namespace) {
    return catalog.listTables(namespace);
  }

  @Override
  public boolean tableExists(TableIdentifier identifier) {
    return catalog.tableExists(identifier);
  }

  @Override
  public boolean dropTable(TableIdentifier identifier, boolean purge) {
    return catalog.dropTable(identifier, purge);
  }

  @Override
  public void renameTable(TableIdentifier from, TableIdentifier to) {
    catalog.renameTable(from, to);
  }

  @Override
  public void invalidateTable(TableIdentifier identifier) {
    catalog.invalidateTable(identifier);
  }

  @Override
  public Table registerTable(TableIdentifier identifier, String metadataFileLocation) {
    return catalog.registerTable(identifier, metadataFileLocation);
  }

  @Override
  public void createNamespace(Namespace namespace, Map<String, String> metadata) {
    namespaces.createNamespace(namespace, metadata);
  }

  @Override
  public List<Namespace> listNamespaces(Namespace namespace) {
    return namespaces.listNamespaces(namespace);
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(Namespace namespace) {
    return namespaces.loadNamespaceMetadata(namespace);
  }

  @Override
  public boolean dropNamespace(Namespace namespace) {
    return namespaces.dropNamespace(namespace);
  }

  @Override
  public boolean setProperties(Namespace namespace, Map<String, String> properties) {
    return namespaces.setProperties(namespace, properties);
  }

  @Override
  public boolean removeProperties(Namespace namespace, Set<String> properties) {
    return namespaces.removeProperties(namespace, properties);
  }
}
