/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.faults.layer1.Layer1;
import io.icestream.faults.oracle.Violation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a fault suite has found. */
final class FaultsReport {
  private final List<Layer1.Result> results;
  private final Duration took;
  private final Layer1.Settings settings;

  FaultsReport(List<Layer1.Result> results, Duration took, Layer1.Settings settings) {
    this.results = List.copyOf(results);
    this.took = took;
    this.settings = settings;
  }

  boolean passed() {
    return failed() == 0;
  }

  private long failed() {
    return results.stream().filter(result -> !result.passed()).count();
  }

  /** One line per combination that has failed, then the summary. */
  void print(PrintWriter out) {
    results.stream().filter(result -> !result.passed()).forEach(result -> print(result, out));
    out.println(
        String.format(
            Locale.ROOT,
            "%d combinations, %d passed, %d failed, %.0f s",
            results.size(),
            results.size() - failed(),
            failed(),
            took.toMillis() / 1000.0));
  }

  private void print(Layer1.Result result, PrintWriter out) {
    out.println(
        "FAILED "
            + result.name()
            + " --seed "
            + settings.seed()
            + ": "
            + result.violations().stream()
                .map(Violation::toString)
                .collect(Collectors.joining("; ")));
  }

  String json() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("layer", 1);
    root.put("seed", settings.seed());
    root.put("combinations", results.size());
    root.put("passed", results.size() - failed());
    root.put("failed", failed());
    root.put("seconds", took.toMillis() / 1000.0);
    ArrayNode failures = root.putArray("failures");
    for (Layer1.Result result : results) {
      for (Violation violation : result.violations()) {
        ObjectNode failure = failures.addObject();
        failure.put("combination", result.name());
        failure.put("rule", violation.rule().name());
        failure.put("table", violation.table());
        failure.put("detail", violation.detail());
      }
    }
    return root.toPrettyString();
  }
}
