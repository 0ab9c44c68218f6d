/* SPDX-License-Identifier: MIT */
package io.icestream.bench.rival;

import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.kafka.connect.cli.ConnectStandalone;

/**
 * Drains a topic with a Connect worker and two tasks, in one process, with commits at an interval.
 * Ends when the table has as many rows as the topic.
 */
public final class ConnectJob {
  private static final long LOOK_MILLIS = 1_000;

  private ConnectJob() {}

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
    Properties job = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
      job.load(reader);
    }
    Path folder = Path.of(job.getProperty("folder"));
    String worker = write(folder.resolve("worker.properties"), worker(job, folder));
    String connector = write(folder.resolve("connector.properties"), connector(job));
    Thread watch = new Thread(() -> endWhenDrained(job), "watch");
    watch.setDaemon(true);
    watch.start();
    ConnectStandalone.main(new String[] {worker, connector});
  }

  private static Properties worker(Properties job, Path folder) {
    Properties worker = new Properties();
    worker.setProperty("bootstrap.servers", job.getProperty("bootstrap.servers"));
    worker.setProperty("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    worker.setProperty("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    worker.setProperty("value.converter.schemas.enable", "false");
    worker.setProperty("offset.storage.file.filename", folder.resolve("offsets").toString());
    // The sink commits no more often than offsets are flushed
    worker.setProperty("offset.flush.interval.ms", job.getProperty("commit.millis"));
    worker.setProperty("listeners", "http://127.0.0.1:0");
    worker.setProperty("plugin.discovery", "service_load");
    return worker;
  }

  private static Properties connector(Properties job) {
    Properties connector = new Properties();
    connector.setProperty("name", job.getProperty("connector"));
    connector.setProperty(
        "connector.class", "org.apache.iceberg.connect.IcebergSinkConnector");
    connector.setProperty("tasks.max", "2");
    connector.setProperty("topics", job.getProperty("topic"));
    // The catalog's name is part of what SQLite has written down
    connector.setProperty("iceberg.catalog", "lake");
    connector.setProperty("iceberg.tables", "bench.events");
    connector.setProperty("iceberg.control.topic", job.getProperty("control.topic"));
    connector.setProperty(
        "iceberg.control.commit.interval-ms", job.getProperty("commit.millis"));
    connector.setProperty(
        "iceberg.kafka.bootstrap.servers", job.getProperty("bootstrap.servers"));
    connector.setProperty(
        "iceberg.catalog.catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog");
    catalog(job).forEach((key, value) -> connector.setProperty("iceberg.catalog." + key, value));
    return connector;
  }

  private static Map<String, String> catalog(Properties job) {
    Map<String, String> catalog = new HashMap<>();
    for (String key : job.stringPropertyNames()) {
      if (key.startsWith("catalog.")) {
        catalog.put(key.substring("catalog.".length()), job.getProperty(key));
      }
    }
    return catalog;
  }

  private static void endWhenDrained(Properties job) {
    Map<String, String> settings = catalog(job);
    // What this looks at is not what the sink asks of the store
    settings.put("io-impl", "org.apache.iceberg.hadoop.HadoopFileIO");
    long rows = Long.parseLong(job.getProperty("rows"));
    try (JdbcCatalog catalog = new JdbcCatalog()) {
      catalog.setConf(new org.apache.hadoop.conf.Configuration());
      catalog.initialize("lake", settings);
      while (total(catalog) < rows) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(0);
  }

  private static long total(JdbcCatalog catalog) {
    Snapshot newest = catalog.loadTable(TableIdentifier.of("bench", "events")).currentSnapshot();
    return newest == null
        ? 0
        : Long.parseLong(newest.summary().getOrDefault("total-records", "0"));
  }

  private static String write(Path file, Properties entries) throws Exception {
    try (Writer writer = Files.newBufferedWriter(file)) {
      entries.store(writer, null);
    }
    return file.toString();
  }
}
