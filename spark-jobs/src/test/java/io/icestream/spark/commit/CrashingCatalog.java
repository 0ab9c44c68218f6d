/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.LocalSpark;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The tests' tables behind the fence, where a driver ends before a change, as kill -9 would end it.
 */
public final class CrashingCatalog extends SparkCatalog {
  private static final String LAKE = "spark.sql.catalog.lake";
  private static final String CRASH = "spark.sql.catalog.crash";
  private static final AtomicInteger CHANGES = new AtomicInteger(Integer.MAX_VALUE);

  /** What ends the driver: nobody expects it. */
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  /** A session of its own over the same tables. */
  public static SparkSession session() {
    SparkSession spark = LocalSpark.session().cloneSession();
    for (var option : spark.sparkContext().getConf().getAllWithPrefix(LAKE)) {
      spark.conf().set(CRASH + option._1(), option._2());
    }
    spark.conf().set(CRASH, CrashingCatalog.class.getName());
    spark.conf().set(CRASH + ".cache-enabled", "false");
    spark.conf().set("spark.sql.defaultCatalog", "crash");
    return spark;
  }

  /** Lets so many tables be made or changed, and ends the driver before the next. */
  public static void crashAfter(int changes) {
    CHANGES.set(changes);
  }

  /** Lets all changes be made. */
  public static void recover() {
    CHANGES.set(Integer.MAX_VALUE);
  }

  private static void change() {
    if (CHANGES.getAndDecrement() <= 0) {
      throw new Crash();
    }
  }

  @Override
  protected Catalog buildIcebergCatalog(String name, CaseInsensitiveStringMap options) {
    Catalog catalog = super.buildIcebergCatalog("lake", options);
    return new FencedTables(
        new Tables(catalog), (SupportsNamespaces) catalog, Duration.ofMillis(1));
  }

  private record Tables(Catalog catalog) implements Catalog {
    @Override
    public Table loadTable(TableIdentifier identifier) {
      return catalog.loadTable(identifier) instanceof BaseTable base
          ? new BaseTable(new Operations(base.operations()), base.name())
          : catalog.loadTable(identifier);
    }

    @Override
    public TableBuilder buildTable(TableIdentifier identifier, Schema schema) {
      change();
      return catalog.buildTable(identifier, schema);
    }

    @Override
    public List<TableIdentifier> listTables(Namespace namespace) {
      return catalog.listTables(namespace);
    }

    @Override
    public boolean dropTable(TableIdentifier identifier, boolean purge) {
      return catalog.dropTable(identifier, purge);
    }

    @Override
    public void renameTable(TableIdentifier from, TableIdentifier to) {
      catalog.renameTable(from, to);
    }
  }

  private record Operations(TableOperations operations) implements TableOperations {
    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
      change();
      operations.commit(base, metadata);
    }

    @Override
    public TableMetadata current() {
      return operations.current();
    }

    @Override
    public TableMetadata refresh() {
      return operations.refresh();
    }

    @Override
    public FileIO io() {
      return operations.io();
    }

    @Override
    public String metadataFileLocation(String fileName) {
      return operations.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
      return operations.locationProvider();
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
      return operations.temp(uncommitted);
    }
  }
}
