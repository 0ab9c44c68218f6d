/* SPDX-License-Identifier: MIT */
package io.icestream.cli.cost;

import io.icestream.model.Location;
import io.icestream.model.PipelineFileException;
import io.icestream.model.Problem;
import io.icestream.model.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the file of {@code --env}: YAML with one level of keys, all of which have defaults. */
final class WorkloadFile {
  /** Each number with its default. */
  static final Map<String, Double> NUMBERS = numbers();

  private static final Map<String, List<String>> CHOICES =
      Map.of(
          "kafka", List.of("serverless", "express"),
          "architecture", List.of("arm64", "x86_64"));
  private static final String RATES = "rows_per_second";
  private static final double DEFAULT_RATE = 100;

  private final Path file;
  private final List<Problem> problems = new ArrayList<>();

  private WorkloadFile(Path file) {
    this.file = file;
  }

  /**
   * @param pipelines those that rates may be given for
   * @throws PipelineFileException if the file is absent, not YAML, or has an unknown key or a wrong
   *     value
   */
  static Workload read(Path file, Set<String> pipelines, Prices prices) {
    return new WorkloadFile(file).read(pipelines, prices);
  }

  private Workload read(Set<String> pipelines, Prices prices) {
    Map<String, Object> keys = keys();
    Set<String> known = new TreeSet<>(NUMBERS.keySet());
    known.addAll(CHOICES.keySet());
    known.addAll(List.of("region", RATES));
    keys.keySet().stream()
        .filter(key -> !known.contains(key))
        .forEach(key -> problem("Unknown key '" + key + "'." + " " + Suggestion.of(key, known)));
    String region = String.valueOf(keys.getOrDefault("region", "us-east-1"));
    if (!prices.regions().contains(region)) {
      problem(
          "'region' is '"
              + region
              + "', for which the table has no prices. Take one of "
              + prices.regions()
              + ": the others differ by some percent.");
    }
    Map<String, Double> rates = new TreeMap<>();
    double rate = DEFAULT_RATE;
    Object given = keys.getOrDefault(RATES, DEFAULT_RATE);
    if (given instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> {
            if (!pipelines.contains(name.toString())) {
              problem(
                  "'"
                      + RATES
                      + "' names the pipeline '"
                      + name
                      + "', which is not among "
                      + pipelines
                      + ".");
            }
            rates.put(name.toString(), number(RATES + "." + name, value));
          });
    } else {
      rate = number(RATES, given);
    }
    Map<String, Double> numbers = new TreeMap<>();
    NUMBERS.forEach((key, value) -> numbers.put(key, number(key, keys.getOrDefault(key, value))));
    String kafka = choice(keys, "kafka");
    String architecture = choice(keys, "architecture");
    if (!problems.isEmpty()) {
      throw new PipelineFileException(file, problems);
    }
    return new Workload(region, kafka, architecture, rates, rate, numbers);
  }

  private Map<String, Object> keys() {
    Map<String, Object> keys = new LinkedHashMap<>();
    try {
      Object root = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      if (root instanceof Map<?, ?> map) {
        map.forEach((key, value) -> keys.put(String.valueOf(key), value));
      } else if (root != null) {
        problem("Expected keys with values.");
      }
    } catch (IOException e) {
      problem("Cannot be read: create it, or name another file with --env.");
    } catch (YamlEngineException e) {
      problem("Is not YAML: " + e.getMessage());
    }
    return keys;
  }

  private String choice(Map<String, Object> keys, String key) {
    List<String> allowed = CHOICES.get(key);
    String value = String.valueOf(keys.getOrDefault(key, allowed.get(0)));
    if (!allowed.contains(value)) {
      problem("'" + key + "' is '" + value + "'. Use one of " + allowed + ".");
    }
    return value;
  }

  private double number(String key, Object value) {
    if (value instanceof Number number && number.doubleValue() >= 0) {
      return number.doubleValue();
    }
    problem("'" + key + "' is '" + value + "'. Give a number of 0 or more.");
    return 0;
  }

  private void problem(String message) {
    problems.add(new Problem(Location.START, message));
  }

  private static Map<String, Double> numbers() {
    Map<String, Double> numbers = new TreeMap<>();
    numbers.put("stages", 1.0);
    numbers.put("zones", 2.0);
    numbers.put("endpoints", 3.0);
    numbers.put("brokers", 3.0);
    numbers.put("topic_partitions", 4.0);
    numbers.put("retention_hours", 168.0);
    numbers.put("executors", 1.0);
    numbers.put("bytes_per_row", 300.0);
    numbers.put("stored_bytes_per_row", 60.0);
    numbers.put("table_days", 365.0);
    numbers.put("batch_seconds", 60.0);
    numbers.put("log_mb_per_day", 50.0);
    numbers.put("alarms", 4.0);
    numbers.put("metrics", 2.0);
    numbers.put("producers", 0.0);
    return numbers;
  }
}
