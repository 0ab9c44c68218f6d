/* SPDX-License-Identifier: MIT */
package io.icestream.cli.process;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where Kafka and the object store are, as an environment file tells.
 *
 * @param bootstrapServers the brokers
 * @param catalog the keys that begin with {@code catalog.}, without it
 */
public record Servers(String bootstrapServers, Map<String, String> catalog) {

  private static final String CATALOG = "catalog.";

  /** Those of an environment file. */
  public static Servers of(Path environmentFile) {
    Properties file = new Properties();
    try (Reader reader = Files.newBufferedReader(environmentFile, StandardCharsets.UTF_8)) {
      file.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> catalog = new TreeMap<>();
    for (String key : file.stringPropertyNames()) {
      if (key.startsWith(CATALOG)) {
        catalog.put(key.substring(CATALOG.length()), file.getProperty(key));
      }
    }
    return new Servers(file.getProperty("kafka.bootstrap.servers"), catalog);
  }
}
