/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.LocalSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The fence before a catalog of folders that fails as it is told, once or several times. */
public final class FaultyCatalog extends SparkCatalog {
  static final String NAME = "faulty";

  private static final AtomicInteger LEFT = new AtomicInteger();
  private static volatile Fault fault = Fault.REFUSED;

  /** What becomes of a swap. */
  enum Fault {
    /** Done, and the answer says that nobody knows. */
    DONE_UNKNOWN(true),
    /** Done, and the connection breaks. */
    DONE_BROKEN(true),
    /** Done, and an answer to a repeated request says that somebody else was faster. */
    DONE_REFUSED(true),
    /** Not done, and the answer says that nobody knows. */
    LOST_UNKNOWN(false),
    /** Not done, since the connection breaks. */
    LOST_BROKEN(false),
    /** Not done, since somebody else was faster. */
    REFUSED(false);

    private final boolean done;

    Fault(boolean done) {
      this.done = done;
    }

    RuntimeException exception() {
      return switch (this) {
        case DONE_UNKNOWN, LOST_UNKNOWN ->
            new CommitStateUnknownException(new IOException("503 Service Unavailable"));
        case DONE_BROKEN, LOST_BROKEN ->
            new UncheckedIOException(new IOException("Connection reset"));
        case DONE_REFUSED, REFUSED -> new CommitFailedException("409 Conflict");
      };
    }
  }

  /** Makes the session know the catalog as {@value #NAME}. */
  static void register() {
    try {
      var conf = LocalSpark.session().conf();
      if (!conf.contains("spark.sql.catalog." + NAME)) {
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "faulty");
        Files.createDirectory(folder.resolve("test"));
        conf.set("spark.sql.catalog." + NAME + ".type", "hadoop");
        conf.set("spark.sql.catalog." + NAME + ".warehouse", folder.toUri().toString());
        conf.set("spark.sql.catalog." + NAME + ".cache-enabled", "false");
        conf.set("spark.sql.catalog." + NAME, FaultyCatalog.class.getName());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the next commits fail. */
  static void fail(Fault with, int times) {
    fault = with;
    LEFT.set(times);
  }

  /** How many commits are still to fail. */
  static int left() {
    return LEFT.get();
  }

  @Override
  protected Catalog buildIcebergCatalog(String name, CaseInsensitiveStringMap options) {
    Catalog catalog = super.buildIcebergCatalog(name, options);
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
      if (LEFT.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
        operations.commit(base, metadata);
        return;
      }
      if (fault.done) {
        operations.commit(base, metadata);
      }
      throw fault.exception();
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
