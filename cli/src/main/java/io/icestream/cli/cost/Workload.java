/* SPDX-License-Identifier: MIT */
package io.icestream.cli.cost;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the user knows of the data and the deployment; the keys of the file of {@code --env}.
 *
 * @param region whose prices count
 * @param kafka {@code serverless} or {@code express}
 * @param architecture {@code arm64} or {@code x86_64}
 * @param rates rows per second of each pipeline; of others {@code defaultRate}
 * @param defaultRate rows per second
 * @param numbers all other keys
 */
record Workload(
    String region,
    String kafka,
    String architecture,
    Map<String, Double> rates,
    double defaultRate,
    Map<String, Double> numbers) {
  Workload {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(kafka, "kafka");
    Objects.requireNonNull(architecture, "architecture");
    rates = Collections.unmodifiableMap(new TreeMap<>(rates));
    numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
  }

  double rate(String pipeline) {
    return rates.getOrDefault(pipeline, defaultRate);
  }

  double number(String key) {
    return numbers.get(key);
  }
}
