/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.spark.plan.RoutedTable;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Finds pipelines by what they have left in the tables of a catalog. Needs neither a pipeline file
 * nor a Spark session, so that it tells the truth whatever has become of the job. Reads only.
 */
public final class LakeMarkers implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "icestream.";

  private final Catalog catalog;

  /**
   * Where a pipeline is with a table that gets all of its batches.
   *
   * @param pipeline the pipeline
   * @param table the table
   * @param to where its newest batch ended
   * @param committed when that was committed
   */
  public record Place(String pipeline, String table, TopicOffsets to, Instant committed) {}

  private LakeMarkers(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Opens a catalog.
   *
   * @param name its name
   * @param properties its properties, as the environment has them
   */
  public static LakeMarkers open(String name, Map<String, String> properties) {
    return new LakeMarkers(
        CatalogUtil.buildIcebergCatalog(name, properties, new Configuration(false)));
  }

  /**
   * Reads all tables. Tables that get rows of some batches alone, quarantine tables and those of
   * values, say nothing of how far a pipeline is and are left out.
   */
  public List<Place> read() {
    List<Place> places = new ArrayList<>();
    if (catalog instanceof SupportsNamespaces namespaces) {
      for (Namespace namespace : namespaces.listNamespaces()) {
        for (TableIdentifier table : catalog.listTables(namespace)) {
          places.addAll(of(table));
        }
      }
    }
    return places;
  }

  /**
   * Reads these tables and asks for no others; those that get rows of some batches alone are left
   * out here, too.
   *
   * @param tables their names, with the namespace in front
   * @throws org.apache.iceberg.exceptions.NoSuchTableException if one is not there
   */
  public List<Place> read(List<String> tables) {
    return tables.stream().flatMap(table -> of(TableIdentifier.parse(table)).stream()).toList();
  }

  @Override
  public void close() {
    if (catalog instanceof Closeable open) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private List<Place> of(TableIdentifier identifier) {
    Table table = catalog.loadTable(identifier);
    List<Place> places = new ArrayList<>();
    if (isSparse(table)) {
      return places;
    }
    String suffix = "." + identifier + ".marker";
    for (String key : table.properties().keySet()) {
      if (key.startsWith(PREFIX) && key.endsWith(suffix)) {
        String pipeline = key.substring(PREFIX.length(), key.length() - suffix.length());
        KeptStamp.read(table.properties(), key)
            .flatMap(stamp -> place(pipeline, identifier.toString(), stamp))
            .ifPresent(places::add);
      }
    }
    return places;
  }

  private static Optional<Place> place(String pipeline, String table, KeptStamp stamp) {
    try {
      TopicOffsets to = JSON.readValue(stamp.entries().get("to"), TopicOffsets.class);
      return Optional.of(new Place(pipeline, table, to, Instant.ofEpochMilli(stamp.at())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The marker of " + pipeline + " in " + table, e);
    }
  }

  private static boolean isSparse(Table table) {
    boolean quarantine =
        List.of("payload", "stage", "reason", "offset").stream()
            .allMatch(column -> table.schema().findField(column) != null);
    return quarantine || table.properties().containsKey(RoutedTable.OWNER);
  }
}
