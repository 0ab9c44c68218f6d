/* SPDX-License-Identifier: MIT */
package io.icestream.spark.environment;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where pipelines run, read from a properties file that the embedded stack or the deployment
 * writes.
 *
 * @param kafka properties of Kafka clients, {@code bootstrap.servers} among them (keys {@code
 *     kafka.*} of the file, without the prefix)
 * @param catalogName the name of the Iceberg catalog in SQL; default {@code lake}
 * @param catalog properties of the Iceberg catalog (keys {@code catalog.*}, without the prefix)
 * @param checkpoints folder or URI under which each pipeline keeps its checkpoint
 * @param spark further Spark settings (keys {@code spark.*}, with the prefix)
 * @param registry how to reach the schema registry (keys {@code registry.*}, without the prefix);
 *     empty if there is none
 * @param metrics where metrics are published (keys {@code metrics.*}, without the prefix); empty if
 *     nowhere
 */
public record Environment(
    Map<String, String> kafka,
    String catalogName,
    Map<String, String> catalog,
    String checkpoints,
    Map<String, String> spark,
    Map<String, String> registry,
    Map<String, String> metrics) {
  /**
   * No place at all: no Kafka, and a catalog without tables that touches no file. For checking and
   * testing pipelines with few rows.
   */
  public static final Environment OFFLINE =
      new Environment(
          Map.of(),
          "lake",
          Map.of("catalog-impl", "org.apache.iceberg.inmemory.InMemoryCatalog"),
          "",
          Map.of(
              "spark.default.parallelism", "1",
              "spark.sql.shuffle.partitions", "1",
              "spark.sql.adaptive.enabled", "false",
              // Compiling a plan takes longer than running it over a few rows
              "spark.sql.codegen.wholeStage", "false",
              "spark.sql.codegen.factoryMode", "NO_CODEGEN"));

  public Environment {
    kafka = Map.copyOf(kafka);
    catalog = Map.copyOf(catalog);
    spark = Map.copyOf(spark);
    registry = Map.copyOf(registry);
    metrics = Map.copyOf(metrics);
  }

  /** An environment that publishes no metrics. */
  public Environment(
      Map<String, String> kafka,
      String catalogName,
      Map<String, String> catalog,
      String checkpoints,
      Map<String, String> spark,
      Map<String, String> registry) {
    this(kafka, catalogName, catalog, checkpoints, spark, registry, Map.of());
  }

  /** An environment without a schema registry. */
  public Environment(
      Map<String, String> kafka,
      String catalogName,
      Map<String, String> catalog,
      String checkpoints,
      Map<String, String> spark) {
    this(kafka, catalogName, catalog, checkpoints, spark, Map.of());
  }

  /**
   * Reads an environment file.
   *
   * @throws PipelineFailure if the file cannot be read or lacks a key
   */
  public static Environment read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      return of(reader, file.toString());
    } catch (IOException e) {
      throw new PipelineFailure(
          Kind.UNAVAILABLE,
          "There is no environment at "
              + file
              + ". Start the embedded stack with './icestream up', or name an environment file.",
          e);
    }
  }

  /**
   * Reads an environment file, wherever it is.
   *
   * @param place a path, or an address such as {@code s3://bucket/environment.properties} of a file
   *     system that the class path has and that Spark's settings {@code spark.hadoop.*} describe
   * @throws PipelineFailure if the file cannot be read or lacks a key
   */
  public static Environment read(String place) {
    return place.contains("://") ? RemoteFile.read(place, Environment::of) : read(Path.of(place));
  }

  /** The brokers to start from, as {@code host:port,...}. */
  public String bootstrapServers() {
    return kafka.getOrDefault("bootstrap.servers", "");
  }

  private static Environment of(Reader reader, String file) throws IOException {
    Properties properties = new Properties();
    properties.load(reader);
    return new Environment(
        under("kafka.", properties, true),
        properties.getProperty("catalog.name", "lake"),
        under("catalog.", properties, true),
        required("checkpoints", properties, file),
        under("spark.", properties, false),
        under("registry.", properties, true),
        under("metrics.", properties, true));
  }

  private static String required(String key, Properties properties, String file) {
    String value = properties.getProperty(key);
    if (value == null || value.isBlank()) {
      throw new PipelineFailure(
          Kind.CONFIGURATION, "Key '" + key + "' is missing in " + file + ". Add it.");
    }
    return value;
  }

  private static Map<String, String> under(String prefix, Properties properties, boolean strip) {
    Map<String, String> found = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(prefix) && !key.equals("catalog.name")) {
        found.put(strip ? key.substring(prefix.length()) : key, properties.getProperty(key));
      }
    }
    return found;
  }
}
