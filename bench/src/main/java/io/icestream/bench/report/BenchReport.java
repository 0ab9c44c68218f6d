/* SPDX-License-Identifier: MIT */
package io.icestream.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.bench.BenchPlan;
import io.icestream.bench.lake.Partitions;
import io.icestream.bench.system.MeasuredSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result of a benchmark in the forms that people and programs read. */
public final class BenchReport {
  private final BenchPlan plan;
  private final List<Measurement> measurements;
  private final List<Comparison> comparisons;

  /**
   * @param plan what was measured; its first system is the one that others are compared with
   * @param measurements all of it
   */
  public BenchReport(BenchPlan plan, List<Measurement> measurements) {
    this.plan = plan;
    this.measurements = List.copyOf(measurements);
    this.comparisons = Comparison.of(measurements, plan.systems().get(0).label());
  }

  /** For a terminal. */
  public String text() {
    List<String> lines = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      lines.add("");
      lines.add(comparison.workload() + ", " + settings());
      lines.addAll(ComparisonTable.lines(comparison));
    }
    return String.join("\n", lines);
  }

  /** Each measurement, and what they say together. */
  public String json() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode();
    root.put("settings", settings());
    ObjectNode machine = root.putObject("machine");
    Machine.facts().forEach(machine::put);
    ArrayNode runs = root.putArray("runs");
    for (Measurement measured : measurements) {
      ObjectNode run = runs.addObject();
      run.put("system", measured.system());
      run.put("workload", measured.workload());
      run.put("rows", measured.rows());
      run.put("round", measured.round());
      run.put("wallSeconds", measured.cost().wall().toMillis() / 1000.0);
      run.put("cpuSeconds", measured.cost().cpuSeconds());
      run.put("brokerCpuSeconds", measured.brokerCpuSeconds());
      run.put("peakBytes", measured.cost().peakBytes());
      run.put("commits", measured.table().commits());
      run.put("files", measured.table().files());
      run.put("bytes", measured.table().bytes());
      run.put("checksum", measured.table().checksum());
      run.putPOJO("requests", measured.requests());
    }
    ArrayNode compared = root.putArray("comparisons");
    for (Comparison comparison : comparisons) {
      ObjectNode one = compared.addObject();
      one.put("workload", comparison.workload());
      one.put("reference", comparison.reference());
      comparison.ofLimit().ifPresent(part -> one.putPOJO("ofLimit", part));
      ArrayNode results = one.putArray("systems");
      for (SystemResult result : comparison.results()) {
        ObjectNode system = results.addObject();
        system.put("system", result.system());
        result.marginalCpu().ifPresent(s -> system.putPOJO("marginalCpuPerMillionRows", s));
        result.fixedCpu().ifPresent(s -> system.putPOJO("fixedCpu", s));
        system.putPOJO("wholeCpuPerMillionRows", result.wholeCpu());
        system.putPOJO("rowsPerSecond", result.rowsPerSecond());
        result.requestsPerCommit().ifPresent(s -> system.putPOJO("requestsPerCommit", s));
        system.putPOJO("brokerCpuPerMillionRows", result.brokerCpu());
        if (comparison.ratios().containsKey(result.system())) {
          system.putPOJO("ratio", comparison.ratios().get(result.system()));
        }
      }
    }
    return json.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  /** Puts each workload's result in its place in a Markdown file, which need not exist. */
  public void writeTo(Path file) throws IOException {
    BenchmarksPage page =
        new BenchmarksPage(Files.exists(file) ? Files.readString(file) : BenchmarksPage.EMPTY);
    for (Comparison comparison : comparisons) {
      page = page.with(name(comparison), section(comparison));
    }
    Files.writeString(file, page.text());
  }

  private String name(Comparison comparison) {
    Partitions partitions = plan.settings().partitions();
    return partitions.equals(Partitions.BY_DAY)
        ? comparison.workload()
        : comparison.workload() + " " + partitions;
  }

  private List<String> section(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    lines.add("## " + comparison.workload());
    lines.add("");
    lines.add(LocalDate.now(ZoneOffset.UTC) + ". " + sentence(settings()) + ".");
    lines.add("");
    lines.addAll(ComparisonTable.lines(comparison));
    lines.add("");
    for (MeasuredSystem system : plan.systems()) {
      if (comparison.results().stream().anyMatch(r -> r.system().equals(system.label()))) {
        lines.add("- `" + system.label() + "`: " + system.title());
      }
    }
    lines.add("");
    Machine.facts().forEach((name, value) -> lines.add("- " + name + ": " + value));
    return lines;
  }

  private String settings() {
    return String.format(
        Locale.ROOT,
        "%s records, table %s, %,d per commit, %d rounds, heap %s",
        plan.sizes().stream()
            .map(size -> String.format(Locale.ROOT, "%,d", size))
            .reduce((a, b) -> a + " and " + b)
            .orElseThrow(),
        plan.settings().partitions(),
        plan.settings().commitRows(),
        plan.rounds(),
        plan.settings().heap());
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
