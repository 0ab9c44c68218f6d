/* SPDX-License-Identifier: MIT */
package io.icestream.cli.live;

import io.icestream.model.metric.Metric;
import io.icestream.model.metric.MetricTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value that a process tells Prometheus.
 *
 * @param name the metric's name in Prometheus
 * @param labels its labels
 * @param value its value
 */
public record Series(String name, Map<String, String> labels, double value) {
  private static final Pattern LINE = Pattern.compile("(\\w+)\\{([^}]*)} (\\S+).*");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** Reads the text format of Prometheus; what is not of this product is left out. */
  static List<Series> parse(String text) {
    List<Series> all = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (line.startsWith("icestream_") && matcher.matches()) {
        Map<String, String> labels = new TreeMap<>();
        LABEL
            .matcher(matcher.group(2))
            .results()
            .forEach(label -> labels.put(label.group(1), label.group(2)));
        all.add(new Series(matcher.group(1), labels, Double.parseDouble(matcher.group(3))));
      }
    }
    return all;
  }

  /** Whether it is a metric's. */
  public boolean isOf(Metric metric) {
    return name.equals(metric.prometheus());
  }

  /** The value of a tag; empty text if it has none. */
  public String tag(MetricTag tag) {
    return labels.getOrDefault(tag.key(), "");
  }
}
