/* SPDX-License-Identifier: MIT */
package io.icestream.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.IcebergBuild;
import org.apache.kafka.common.utils.AppInfoParser;

/** Where a benchmark ran, and with which versions. */
final class Machine {
  private Machine() {}

  /** Facts by name, in the order to show them in. */
  static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("processor", first("/proc/cpuinfo", "model name").orElse("unknown"));
    facts.put("memory", first("/proc/meminfo", "MemTotal").orElse("unknown"));
    facts.put("Java", System.getProperty("java.version"));
    facts.put("Spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    facts.put("Iceberg", IcebergBuild.version());
    facts.put("Kafka client", AppInfoParser.getVersion());
    facts.put(
        "Icestream",
        Optional.ofNullable(Machine.class.getPackage().getImplementationVersion())
            .orElse("development"));
    return facts;
  }

  private static Optional<String> first(String file, String name) {
    try {
      List<String> lines = Files.readAllLines(Path.of(file));
      return lines.stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
