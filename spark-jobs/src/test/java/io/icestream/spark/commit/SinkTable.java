/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.Fence.Chain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A real table with columns {@code id} and {@code n}, and what happens to tables. */
record SinkTable(SparkSession spark, String catalog, String name) {
  private static final StructType COLUMNS =
      new StructType().add("id", DataTypes.StringType).add("n", DataTypes.IntegerType);

  /** How a batch is committed. */
  enum Way {
    APPEND,
    APPEND_OF_NOTHING,
    COPY_ON_WRITE,
    MERGE_ON_READ,
    UPSERT_OF_NOTHING;

    /** The rows with these ids, as far as the way writes any. */
    List<String> content(String... ids) {
      return this == APPEND_OF_NOTHING || this == UPSERT_OF_NOTHING
          ? List.of()
          : Arrays.stream(ids).map(id -> "[" + id + ",1]").toList();
    }
  }

  static SinkTable create(Way way) {
    return create(way, "lake");
  }

  static SinkTable create(Way way, String catalog) {
    SinkTable table = new SinkTable(LocalSpark.session(), catalog, catalog + "." + fresh());
    table.spark.sql(
        "CREATE TABLE "
            + table.name
            + " (id STRING, n INT) USING iceberg TBLPROPERTIES ('format-version'='2',"
            + " 'commit.retry.min-wait-ms'='1', 'commit.retry.max-wait-ms'='2',"
            + " 'write.merge.mode'='"
            + (way == Way.MERGE_ON_READ ? "merge-on-read" : "copy-on-write")
            + "')");
    return table;
  }

  private static String fresh() {
    return LocalSpark.freshTable();
  }

  BatchCommits begin(long from, long to) {
    return begin(Driver.unnumbered("p", "1.0"), from, to);
  }

  BatchCommits begin(Driver driver, long from, long to) {
    return BatchCommits.begin(
        spark,
        driver,
        Markers.range(Markers.at(from), Markers.at(to)),
        Map.of(name, Chain.GAPLESS));
  }

  /** Commits rows with these ids, in place of those that are there where the way merges. */
  void commit(BatchCommits commits, Way way, String... ids) {
    switch (way) {
      case APPEND -> commits.append(name, rows(ids), ids.length, provenance(ids.length));
      case APPEND_OF_NOTHING -> commits.append(name, rows(), 0, provenance(0));
      case COPY_ON_WRITE, MERGE_ON_READ ->
          commits.whileUndisturbed(
              name,
              () ->
                  commits.upsert(
                      name,
                      Optional.of(new KeyedMerge(rows(ids), List.of("id"), List.of())),
                      provenance(ids.length)));
      case UPSERT_OF_NOTHING -> commits.upsert(name, Optional.empty(), provenance(0));
    }
  }

  static Provenance provenance(int rows) {
    return new Provenance(new Ledger(rows, rows, rows, 0, 0, 0, 0, 0), Markers.times(9), Map.of());
  }

  static Dataset<Row> rows(String... ids) {
    List<Row> rows = new ArrayList<>();
    for (String id : ids) {
      rows.add(RowFactory.create(id, 1));
    }
    return LocalSpark.rows(COLUMNS, rows);
  }

  void insert(String id) {
    spark.sql("INSERT INTO " + name + " VALUES ('" + id + "', 1)");
  }

  void compact() {
    call("rewrite_data_files", "options => map('min-input-files', '2', 'rewrite-all', 'true')");
  }

  void expireAllButOne() {
    call("expire_snapshots", "older_than => TIMESTAMP '" + Instant.now() + "', retain_last => 1");
  }

  void rollBackTo(long snapshot) {
    call("rollback_to_snapshot", "snapshot_id => " + snapshot);
  }

  void setCurrent(long snapshot) {
    call("set_current_snapshot", "snapshot_id => " + snapshot);
  }

  private void call(String procedure, String arguments) {
    spark.sql(
        "CALL "
            + catalog
            + ".system."
            + procedure
            + "(table => '"
            + name
            + "', "
            + arguments
            + ")");
  }

  Optional<Marker> marker() {
    return BatchCommits.newestMarker(spark, "p", name);
  }

  /** The marker that the snapshots tell, without the table's property. */
  Optional<Marker> markerOfSnapshots() {
    return Marker.newest(
        new TableHistory(SnapshotUtil.currentAncestors(load()), Map.of()), "p", name);
  }

  List<String> content() {
    return LocalSpark.sorted(spark.table(name));
  }

  /** How many data files lie in the folder of a table, whether or not they belong to it. */
  int dataFiles() {
    try (Stream<Path> files =
        Files.walk(Path.of(URI.create("file:///").resolve(load().location()).getPath(), "data"))) {
      return (int) files.filter(file -> file.toString().endsWith(".parquet")).count();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long snapshot() {
    return load().currentSnapshot().snapshotId();
  }

  Table load() {
    try {
      return Spark3Util.loadIcebergTable(spark, name);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
