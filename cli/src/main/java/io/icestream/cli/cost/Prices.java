/* SPDX-License-Identifier: MIT */
package io.icestream.cli.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;

/** The table of prices that comes with the product. */
final class Prices {
  private static final String TABLE = "prices.properties";

  private final Properties table;

  private Prices(Properties table) {
    this.table = table;
  }

  static Prices ofProduct() {
    Properties table = new Properties();
    try (InputStream stream = Objects.requireNonNull(Prices.class.getResourceAsStream(TABLE))) {
      table.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Prices(table);
  }

  /** The regions that have prices. */
  SortedSet<String> regions() {
    SortedSet<String> regions = new TreeSet<>();
    table.stringPropertyNames().forEach(key -> regions.add(key.substring(0, key.indexOf('.'))));
    return regions;
  }

  boolean has(String region, String name) {
    return table.containsKey(region + "." + name);
  }

  /** A price of a region that has it. */
  Price of(String region, String name) {
    String[] parts = table.getProperty(region + "." + name).split("\\|", -1);
    return new Price(
        name,
        Double.parseDouble(parts[0].strip()),
        parts[1].strip(),
        parts[2].strip(),
        parts[3].strip());
  }
}
