/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import io.icestream.localstack.EmbeddedStack;
import io.icestream.localstack.ServerStatus;
import io.icestream.localstack.StackSettings;
import io.icestream.spark.environment.Environment;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;

/**
 * Where trials take place, one after the other: a stack of its own, whose object store drivers
 * reach through a proxy only.
 */
final class Site implements AutoCloseable {
  /** How long a driver waits for a catalog that is locked, so that a lock is an error. */
  private static final int CATALOG_PATIENCE_MILLIS = 2_000;

  /** How long a driver waits for an answer of the object store. */
  private static final int STORE_PATIENCE_MILLIS = 3_000;

  private final Path home;
  private final Environment stack;
  private final StoreProxy proxy;
  private final Broker broker;
  private final Catalog catalog;
  private final Path driverEnvironment;

  private Site(Path home, Path distribution) {
    this.home = home;
    EmbeddedStack.start(new StackSettings(home, distribution, 0, 0), line -> {});
    stack = Environment.read(EmbeddedStack.environmentFile(home));
    proxy = new StoreProxy(URI.create(stack.catalog().get("s3.endpoint")));
    broker =
        new Broker(new StackSettings(home, distribution, port("kafka"), port("s3")), stack.kafka());
    catalog =
        CatalogUtil.buildIcebergCatalog(stack.catalogName(), stack.catalog(), new Configuration());
    driverEnvironment = home.resolve("driver.properties");
    write(driverEnvironment, driverSettings());
  }

  /**
   * Starts one.
   *
   * @param home for everything that its servers write; created
   * @param distribution the directory with the servers' libraries
   */
  static Site open(Path home, Path distribution) {
    try {
      return new Site(home, distribution);
    } catch (RuntimeException e) {
      EmbeddedStack.stop(home, line -> {});
      throw e;
    }
  }

  Broker broker() {
    return broker;
  }

  StoreProxy proxy() {
    return proxy;
  }

  /** The tables, read past the proxy. */
  Catalog catalog() {
    return catalog;
  }

  /** The environment file of drivers. */
  Path driverEnvironment() {
    return driverEnvironment;
  }

  /** Keeps drivers from committing. */
  CatalogLock lockCatalog() {
    return new CatalogLock(stack.catalog().get("uri"));
  }

  @Override
  public void close() {
    proxy.close();
    try {
      if (catalog instanceof Closeable closeable) {
        closeable.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The catalog cannot be closed", e);
    } finally {
      EmbeddedStack.stop(home, line -> {});
    }
  }

  private int port(String server) {
    String address =
        EmbeddedStack.status(home).servers().stream()
            .filter(status -> status.name().equals(server))
            .map(ServerStatus::address)
            .findFirst()
            .orElseThrow()
            .orElseThrow();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private Map<String, String> driverSettings() {
    Map<String, String> settings = new TreeMap<>();
    stack.kafka().forEach((key, value) -> settings.put("kafka." + key, value));
    settings.put("catalog.name", stack.catalogName());
    stack.catalog().forEach((key, value) -> settings.put("catalog." + key, value));
    settings.put("catalog.s3.endpoint", proxy.address().toString());
    settings.put(
        "catalog.uri",
        stack
            .catalog()
            .get("uri")
            .replaceAll("busy_timeout=\\d+", "busy_timeout=" + CATALOG_PATIENCE_MILLIS));
    settings.put(
        "catalog.http-client.apache.socket-timeout-ms", Integer.toString(STORE_PATIENCE_MILLIS));
    settings.put("checkpoints", stack.checkpoints());
    // For few rows and drivers that live for seconds
    settings.put("spark.master", "local[2]");
    settings.put("spark.default.parallelism", "1");
    settings.put("spark.sql.shuffle.partitions", "1");
    settings.put("spark.sql.codegen.wholeStage", "false");
    settings.put("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    return settings;
  }

  private static void write(Path file, Map<String, String> settings) {
    try {
      Files.writeString(
          file,
          settings.entrySet().stream()
              .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
              .collect(Collectors.joining()),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The environment " + file + " cannot be written", e);
    }
  }
}
