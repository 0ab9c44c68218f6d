/* SPDX-License-Identifier: MIT */
package io.icestream.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison as a Markdown table, which people read on a terminal as well. */
public final class ComparisonTable {
  private static final List<String> HEAD =
      List.of(
          "system",
          "CPU-s/Mrow, marginal",
          "× reference",
          "fixed CPU-s",
          "CPU-s/Mrow, whole",
          "rows/s, whole",
          "broker CPU-s/Mrow",
          "commits",
          "files",
          "MB",
          "requests per commit",
          "peak RSS, MB");

  private ComparisonTable() {}

  /** The lines of the table, and of what stands below it. */
  public static List<String> lines(Comparison comparison) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(HEAD);
    for (SystemResult result : comparison.results()) {
      cells.add(row(comparison, result));
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      lines.add(line(cells.get(i), widths(cells)));
      if (i == 0) {
        lines.add("|---".repeat(HEAD.size()) + "|");
      }
    }
    comparison
        .ofLimit()
        .ifPresent(
            part -> {
              lines.add("");
              lines.add(
                  "Fetching and writing decoded rows take "
                      + part.text(2)
                      + " of the CPU that "
                      + comparison.reference()
                      + " takes per row.");
            });
    return lines;
  }

  private static List<String> row(Comparison comparison, SystemResult result) {
    Measurement last = result.last();
    long commits = last.table().commits();
    Spread ratio = comparison.ratios().get(result.system());
    return List.of(
        result.system(),
        result.marginalCpu().map(s -> s.text(1)).orElse("-"),
        ratio == null ? "-" : ratio.text(2),
        result.fixedCpu().map(s -> s.text(0)).orElse("-"),
        result.wholeCpu().text(1),
        String.format(Locale.ROOT, "%,d", Math.round(result.rowsPerSecond().median())),
        result.brokerCpu().text(1),
        commits == 0 ? "-" : Long.toString(commits),
        commits == 0 ? "-" : Long.toString(last.table().files()),
        commits == 0 ? "-" : Long.toString(last.table().bytes() / 1_000_000),
        result.requestsPerCommit().map(r -> r.text(1)).orElse("-"),
        Long.toString(result.peakBytes() >> 20));
  }

  private static int[] widths(List<List<String>> cells) {
    int[] widths = new int[HEAD.size()];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append("| ").append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 1));
    }
    return line.append('|').toString();
  }
}
