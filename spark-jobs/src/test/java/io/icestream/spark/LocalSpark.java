/* SPDX-License-Identifier: MIT */
package io.icestream.spark;

import io.icestream.spark.environment.Environment;
import io.icestream.spark.environment.SparkSessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The one Spark session of the JVM that runs the tests, with the settings of production and a
 * catalog in a folder of its own. Tests share it and name their tables apart.
 */
public final class LocalSpark {
  private static final AtomicInteger TABLES = new AtomicInteger();

  private LocalSpark() {}

  /** The session; started by the first test that needs it. */
  public static SparkSession session() {
    return Holder.SESSION;
  }

  /** The name of a table that no other test has. */
  public static String freshTable() {
    return "test.t" + TABLES.incrementAndGet();
  }

  /** Rows as a dataset. */
  public static Dataset<Row> rows(StructType schema, List<Row> rows) {
    return session().createDataFrame(rows, schema);
  }

  /** Rows of a table or query, as the strings that Spark shows, sorted. */
  public static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static final class Holder {
    static final SparkSession SESSION = open();

    private static SparkSession open() {
      try {
        Path target = Path.of("target").toAbsolutePath();
        Path lake = Files.createTempDirectory(Files.createDirectories(target), "lake");
        SparkSession spark =
            SparkSessions.open(
                new Environment(
                    Map.of(),
                    "lake",
                    Map.of(
                        "type",
                        "jdbc",
                        "uri",
                        "jdbc:sqlite:" + lake.resolve("catalog.db"),
                        "jdbc.schema-version",
                        "V1",
                        "warehouse",
                        lake.toUri().toString()),
                    lake.resolve("checkpoints").toString(),
                    Map.of(
                        "spark.master", "local[2]",
                        "spark.driver.host", "127.0.0.1",
                        "spark.driver.bindAddress", "127.0.0.1",
                        "spark.ui.enabled", "false",
                        "spark.sql.shuffle.partitions", "2",
                        "spark.default.parallelism", "2")),
                "tests");
        spark.sql("CREATE NAMESPACE IF NOT EXISTS test");
        return spark;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
