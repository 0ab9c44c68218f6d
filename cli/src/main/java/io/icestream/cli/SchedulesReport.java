/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.faults.layer2.Layer2;
import io.icestream.faults.oracle.Violation;
import io.icestream.faults.oracle.Violation.Rule;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the second layer of the fault suite has found. */
final class SchedulesReport {
  private final List<Layer2.Result> results;
  private final Duration took;
  private final boolean fenceOff;

  SchedulesReport(List<Layer2.Result> results, Duration took, boolean fenceOff) {
    this.results = List.copyOf(results);
    this.took = took;
    this.fenceOff = fenceOff;
  }

  /** Shows it; the exit code. */
  int show(StatusCommand.Format format, PrintWriter out) {
    switch (format) {
      case TEXT -> print(out);
      case JSON -> out.println(json());
    }
    out.flush();
    return failed() == 0 ? ExitCodes.OK : ExitCodes.FAILURE;
  }

  private void print(PrintWriter out) {
    results.stream().filter(result -> !result.passed()).forEach(result -> print(result, out));
    out.println(
        String.format(
            Locale.ROOT,
            "%d schedules, %d passed, %d failed, %.0f s",
            results.size(),
            results.size() - failed(),
            failed(),
            took.toMillis() / 1000.0));
    out.println(
        String.format(
            Locale.ROOT,
            "%d with lost rows, %d with repeated rows, %d stuck",
            with(Rule.LOST),
            with(Rule.DOUBLED),
            with(Rule.STUCK)));
    out.println(
        kinds().entrySet().stream()
            .map(kind -> kind.getKey() + " " + kind.getValue())
            .collect(Collectors.joining(", ", "Disturbances: ", "")));
    List<Duration> restarts = restarts();
    if (!restarts.isEmpty()) {
      out.println(
          String.format(
              Locale.ROOT,
              "From kill -9 to the next commit: median %.1f s, longest %.1f s, of %d",
              seconds(median(restarts)),
              seconds(restarts.get(restarts.size() - 1)),
              restarts.size()));
    }
    out.println("Drivers that gave up on a fault and were started again: " + supervised());
  }

  private void print(Layer2.Result result, PrintWriter out) {
    out.println("FAILED " + result.schedule());
    result.violations().forEach(violation -> out.println("  " + violation));
    out.println("  logs: " + result.logs());
    out.println(
        "  again: ./icestream faults --layer 2 --seed "
            + result.seed()
            + (fenceOff ? " --fence off" : ""));
  }

  private String json() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("layer", 2);
    root.put("schedules", results.size());
    root.put("passed", results.size() - failed());
    root.put("failed", failed());
    root.put("lost", with(Rule.LOST));
    root.put("doubled", with(Rule.DOUBLED));
    root.put("stuck", with(Rule.STUCK));
    root.put("supervised", supervised());
    root.put("seconds", seconds(took));
    ObjectNode kinds = root.putObject("disturbances");
    kinds().forEach(kinds::put);
    List<Duration> restarts = restarts();
    if (!restarts.isEmpty()) {
      ObjectNode restart = root.putObject("restart_seconds");
      restart.put("count", restarts.size());
      restart.put("p50", seconds(median(restarts)));
      restart.put("max", seconds(restarts.get(restarts.size() - 1)));
    }
    ArrayNode failures = root.putArray("failures");
    for (Layer2.Result result : results) {
      for (Violation violation : result.violations()) {
        ObjectNode failure = failures.addObject();
        failure.put("seed", result.seed());
        failure.put("schedule", result.schedule());
        failure.put("rule", violation.rule().name());
        failure.put("table", violation.table());
        failure.put("detail", violation.detail());
        failure.put("logs", result.logs().toString());
      }
    }
    return root.toPrettyString();
  }

  private long failed() {
    return results.stream().filter(result -> !result.passed()).count();
  }

  /** Trials, not rows: one that has lost a batch is one. */
  private long with(Rule rule) {
    return results.stream()
        .filter(result -> result.violations().stream().anyMatch(v -> v.rule() == rule))
        .count();
  }

  private int supervised() {
    return results.stream().mapToInt(Layer2.Result::supervised).sum();
  }

  private Map<String, Long> kinds() {
    return results.stream()
        .flatMap(result -> result.disturbances().stream())
        .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
  }

  /** Shortest first. */
  private List<Duration> restarts() {
    return results.stream().flatMap(result -> result.restarts().stream()).sorted().toList();
  }

  private static Duration median(List<Duration> sorted) {
    return sorted.get((sorted.size() - 1) / 2);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
