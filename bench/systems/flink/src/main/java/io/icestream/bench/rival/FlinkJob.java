/* SPDX-License-Identifier: MIT */
package io.icestream.bench.rival;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** Drains a topic with Flink's SQL, in one process, with two slots and commits at an interval. */
public final class FlinkJob {
  private FlinkJob() {}

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
    Properties job = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
      job.load(reader);
    }
    Configuration settings = new Configuration();
    settings.setString(
        "execution.checkpointing.interval", job.getProperty("commit.millis") + " ms");
    StreamExecutionEnvironment streams =
        StreamExecutionEnvironment.createLocalEnvironment(2, settings);
    StreamTableEnvironment tables = StreamTableEnvironment.create(streams);
    tables.executeSql(catalog(job));
    tables.executeSql(
        "CREATE TEMPORARY TABLE topic ("
            + job.getProperty("columns.flink")
            + ") WITH ('connector' = 'kafka', 'topic' = '"
            + job.getProperty("topic")
            + "', 'properties.bootstrap.servers' = '"
            + job.getProperty("bootstrap.servers")
            + "', 'properties.group.id' = 'bench-flink', 'scan.startup.mode' = 'earliest-offset',"
            + " 'scan.bounded.mode' = 'latest-offset', 'format' = 'json',"
            + " 'json.timestamp-format.standard' = 'ISO-8601')");
    tables.executeSql("INSERT INTO lake.bench.events SELECT * FROM topic").await();
    // Threads of the cluster would keep the process
    System.exit(0);
  }

  private static String catalog(Properties job) {
    StringBuilder sql =
        new StringBuilder(
            "CREATE CATALOG lake WITH ('type' = 'iceberg',"
                + " 'catalog-impl' = 'org.apache.iceberg.jdbc.JdbcCatalog'");
    for (String key : job.stringPropertyNames()) {
      if (key.startsWith("catalog.")) {
        sql.append(", '").append(key.substring("catalog.".length())).append("' = '");
        sql.append(job.getProperty(key)).append('\'');
      }
    }
    return sql.append(')').toString();
  }
}
