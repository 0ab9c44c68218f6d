/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process tells Prometheus at one moment.
 *
 * @param lines a series each
 */
record Scrape(List<String> lines) {
  static final Scrape EMPTY = new Scrape(List.of());

  private static final Pattern ADDRESS = Pattern.compile("\"([^\"]+:\\d+)\"");
  private static final Pattern SERIES = Pattern.compile("(\\w+)\\{([^}]*)} (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  /** Asks the process that a file for Prometheus' discovery names. */
  static Scrape of(Path target) {
    try {
      Matcher address = ADDRESS.matcher(Files.readString(target));
      if (!address.find()) {
        throw new IllegalStateException("No address in " + target);
      }
      URI uri = URI.create("http://" + address.group(1) + "/metrics");
      try (InputStream in = uri.toURL().openStream()) {
        return new Scrape(
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("icestream_"))
                .toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(String name) {
    return lines.stream().anyMatch(line -> line.startsWith(name + "{"));
  }

  /** The sum of all series of a name; 0 if there is none. */
  double value(String name) {
    return lines.stream()
        .map(SERIES::matcher)
        .filter(Matcher::matches)
        .filter(series -> series.group(1).equals(name))
        .mapToDouble(series -> Double.parseDouble(series.group(3)))
        .sum();
  }

  /** Each name with its labels: {@code icestream_rows_written_total(pipeline,table)}. */
  Set<String> shapes() {
    Set<String> shapes = new TreeSet<>();
    for (String line : lines) {
      Matcher series = SERIES.matcher(line);
      if (series.matches()) {
        Set<String> labels = new TreeSet<>();
        LABEL.matcher(series.group(2)).results().forEach(found -> labels.add(found.group(1)));
        shapes.add(series.group(1) + "(" + String.join(",", labels) + ")");
      }
    }
    return shapes;
  }
}
