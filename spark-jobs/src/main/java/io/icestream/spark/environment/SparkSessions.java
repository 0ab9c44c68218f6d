/* SPDX-License-Identifier: MIT */
package io.icestream.spark.environment;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Makes the Spark session of an environment. */
public final class SparkSessions {
  private static final String FENCED_CATALOG = "io.icestream.spark.commit.FencedCatalog";
  private static final String COMMIT_REPORTS = "io.icestream.spark.commit.CommitReports";

  private SparkSessions() {}

  /**
   * Opens the session, or gives the one that is open in this JVM.
   *
   * @param environment where to run
   * @param name the application's name in Spark's logs
   */
  public static SparkSession open(Environment environment, String name) {
    SparkSession.Builder builder = SparkSession.builder().appName(name);
    settings(environment).forEach(builder::config);
    return builder.getOrCreate();
  }

  /** All Spark settings: Icestream's own, overridden by the environment's. */
  static Map<String, String> settings(Environment environment) {
    int cores = Runtime.getRuntime().availableProcessors();
    String catalog = "spark.sql.catalog." + environment.catalogName();
    Map<String, String> settings = new TreeMap<>();
    settings.put("spark.sql.session.timeZone", "UTC");
    settings.put("spark.sql.runSQLOnFiles", "false");
    // Otherwise '${env:NAME}' in SQL reads the environment of the driver
    settings.put("spark.sql.variable.substitute", "false");
    // Otherwise each cached dataset clones the session, and with it the catalog and its S3 client
    settings.put("spark.sql.optimizer.canChangeCachedPlanOutputPartitioning", "true");
    settings.put("spark.sql.sources.bucketing.autoBucketedScan.enabled", "false");
    settings.put(
        "spark.sql.extensions",
        "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
    settings.put(catalog, FENCED_CATALOG);
    // A cached table would hide what another driver committed
    settings.put(catalog + ".cache-enabled", "false");
    settings.put(catalog + ".metrics-reporter-impl", COMMIT_REPORTS);
    environment.catalog().forEach((key, value) -> settings.put(catalog + "." + key, value));
    settings.put("spark.sql.defaultCatalog", environment.catalogName());
    if (System.getProperty("spark.master") == null) {
      settings.put("spark.master", "local[*]");
      // Nothing is kept there, but Spark makes the folder, by default where the command was called
      settings.put(
          "spark.sql.warehouse.dir",
          Path.of(System.getProperty("java.io.tmpdir"), "icestream-spark-warehouse").toString());
      settings.put("spark.driver.host", "127.0.0.1");
      settings.put("spark.driver.bindAddress", "127.0.0.1");
      settings.put("spark.sql.shuffle.partitions", Integer.toString(cores));
      settings.put("spark.ui.enabled", "false");
    }
    settings.putAll(environment.spark());
    return settings;
  }
}
