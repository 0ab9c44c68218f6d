/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import io.icestream.faults.inject.CrashingFileIO;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.environment.SparkSessions;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.spark.sql.SparkSession;

/**
 * Where combinations take place, one after the other: a broker, a Spark session and a catalog with
 * local files that last as long as the suite.
 */
final class Site implements AutoCloseable {
  /** No power fails while the suite runs. */
  private static final String SQLITE = "?busy_timeout=30000&synchronous=OFF";

  private static final String FILE_SYSTEM = "fs.file.impl";

  private final Path folder;
  private final Environment environment;
  private final Environment elsewhere;
  private final Broker broker;
  private final SparkSession spark;
  private final Catalog catalog;
  private final TableMaintenance maintenance;

  /**
   * @param folder for everything that is written; exists
   * @param kafka properties of Kafka clients
   */
  Site(Path folder, Map<String, String> kafka) {
    this.folder = folder.toAbsolutePath();
    writeSchema();
    Map<String, String> lake = new TreeMap<>();
    lake.put("type", "jdbc");
    lake.put("uri", "jdbc:sqlite:" + this.folder.resolve("catalog.db") + SQLITE);
    lake.put("jdbc.schema-version", "V1");
    lake.put("warehouse", this.folder.resolve("warehouse").toUri().toString());
    Map<String, String> crashing = new TreeMap<>(lake);
    crashing.put("io-impl", CrashingFileIO.class.getName());
    environment = environment(kafka, crashing, "checkpoints");
    elsewhere = environment(kafka, crashing, "checkpoints-elsewhere");
    broker = new Broker(kafka);
    spark = SparkSessions.open(environment, "faults");
    Configuration hadoop = new Configuration();
    hadoop.set(FILE_SYSTEM, ForklessFileSystem.class.getName());
    catalog = CatalogUtil.buildIcebergCatalog("lake", lake, hadoop);
    maintenance = new TableMaintenance(spark, catalog);
  }

  Environment environment() {
    return environment;
  }

  /** The same tables and topics, with checkpoints of its own. */
  Environment elsewhere() {
    return elsewhere;
  }

  SparkSession spark() {
    return spark;
  }

  Broker broker() {
    return broker;
  }

  /** The same tables as the pipeline's, read past everything of it. */
  Catalog catalog() {
    return catalog;
  }

  TableMaintenance maintenance() {
    return maintenance;
  }

  /** Where the pipeline file of a name would be, beside its schema. */
  Path pipelineFile(String name) {
    return folder.resolve(name + ".yaml");
  }

  /** Deletes the checkpoint of a pipeline. */
  void deleteCheckpoint(String pipeline, Environment environment) {
    Path checkpoint = checkpoint(pipeline, environment);
    if (!FileUtil.fullyDelete(checkpoint.toFile())) {
      throw new IllegalStateException("The checkpoint " + checkpoint + " cannot be deleted");
    }
  }

  /**
   * Gives a driver elsewhere the checkpoint of a pipeline as it is now, for a query of its own:
   * Spark ends a query of the same JVM that has the same id, which another process could not.
   */
  void copyCheckpoint(String pipeline) {
    Path from = checkpoint(pipeline, environment);
    Path to = checkpoint(pipeline, elsewhere);
    try (Stream<Path> files = Files.walk(from)) {
      Files.createDirectories(to.getParent());
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
      Files.writeString(to.resolve("metadata"), "{\"id\":\"" + UUID.randomUUID() + "\"}");
    } catch (IOException e) {
      throw new UncheckedIOException("The checkpoint " + from + " cannot be copied", e);
    }
  }

  private static Path checkpoint(String pipeline, Environment environment) {
    return Path.of(environment.checkpoints()).resolve(pipeline);
  }

  private Environment environment(
      Map<String, String> kafka, Map<String, String> lake, String checkpoints) {
    return new Environment(
        kafka, "lake", lake, folder.resolve(checkpoints).toString(), sparkSettings());
  }

  @Override
  public void close() {
    spark.stop();
    broker.close();
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException("The catalog cannot be closed", e);
      }
    }
  }

  private void writeSchema() {
    try {
      Files.writeString(folder.resolve("event.avsc"), Workload.SCHEMA);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be written", e);
    }
  }

  /** For few rows and many short jobs. */
  private static Map<String, String> sparkSettings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("spark.master", "local[2]");
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    settings.put("spark.hadoop." + FILE_SYSTEM, ForklessFileSystem.class.getName());
    settings.put(
        "spark.sql.streaming.checkpointFileManagerClass",
        "org.apache.spark.sql.execution.streaming.FileSystemBasedCheckpointFileManager");
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.default.parallelism", "1");
    settings.put("spark.sql.shuffle.partitions", "1");
    settings.put("spark.sql.codegen.wholeStage", "false");
    settings.put("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    settings.put("spark.sql.streaming.metricsEnabled", "false");
    return settings;
  }
}
