/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.model.Suggestion;
import io.icestream.model.parse.YamlFlow;
import io.icestream.spark.inspect.TableComparison;
import io.icestream.spark.inspect.TableComparison.NearMatch;
import io.icestream.spark.inspect.TestOutcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Outcomes of tests for people: a line for each test, and below one that failed what differs, table
 * by table.
 *
 * @param out where it is printed
 */
record TestText(PrintWriter out) {

  void print(Path file, TestOutcome outcome) {
    String place = file + ":" + outcome.test().location().line();
    double seconds = outcome.took().toMillis() / 1000.0;
    out.printf(
        Locale.ROOT,
        "%s %s  %s (%.1f s)%n",
        outcome.passed() ? "ok    " : "FAILED",
        place,
        outcome.test().name(),
        seconds);
    outcome.stopped().ifPresent(reason -> out.println("  The pipeline would stop: " + reason));
    outcome.tables().stream().filter(table -> !table.passed()).forEach(this::print);
    out.flush();
  }

  private void print(TableComparison table) {
    out.println(
        "  "
            + table.table()
            + ": expected "
            + rows(table.expected().size())
            + ", found "
            + table.found().size());
    table.near().forEach(match -> print(match, table));
    table.missing().forEach(row -> out.println("    expected, not found: " + YamlFlow.of(row)));
    table
        .extra()
        .forEach(row -> out.println("    found, not expected: " + YamlFlow.of(table.named(row))));
  }

  private void print(NearMatch match, TableComparison table) {
    Map<String, Object> same = new LinkedHashMap<>(match.expected());
    match.different().forEach(same::remove);
    out.println("    almost found: " + YamlFlow.of(same) + ", but");
    for (String column : match.different()) {
      String expected = YamlFlow.of(match.expected().get(column));
      out.println(
          match.found().containsKey(column)
              ? "      "
                  + column
                  + ": expected "
                  + expected
                  + ", found "
                  + YamlFlow.of(match.found().get(column))
              : "      "
                  + column
                  + ": expected "
                  + expected
                  + ", but "
                  + table.table()
                  + " has no such column. "
                  + Suggestion.among(column, match.found().keySet(), "Columns"));
    }
  }

  private static String rows(int count) {
    return count + (count == 1 ? " row" : " rows");
  }
}
