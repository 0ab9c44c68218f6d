/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.cli.live.TableRow;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tables that pipelines write, for people. */
final class TopText {
  private static final List<String> HEAD =
      List.of("PIPELINE", "TABLE", "STATE", "IN/S", "OUT/S", "LAG", "FRESH", "QUARANT", "FILES");

  /** Columns of names; the others have numbers and are flush right. */
  private static final int NAMES = 3;

  private TopText() {}

  static void print(List<TableRow> rows, PrintWriter out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    rows.forEach(row -> lines.add(line(row)));
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < HEAD.size(); i++) {
        int column = i;
        int width = lines.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        String pad = " ".repeat(width - line.get(i).length());
        text.append(i == 0 ? "" : " ");
        text.append(i < NAMES ? line.get(i) + pad : pad + line.get(i));
      }
      out.println(text.toString().stripTrailing());
    }
    if (rows.isEmpty()) {
      out.println("No pipeline has committed to a table yet.");
    }
  }

  private static List<String> line(TableRow row) {
    return List.of(
        row.pipeline(),
        row.table(),
        row.state().name().toLowerCase(Locale.ROOT),
        number(row.in()),
        number(row.out()),
        number(row.lag()),
        row.lag() == 0 ? "0s" : StatusText.readable(Duration.ofSeconds((long) row.freshSeconds())),
        number(row.quarantined()),
        row.files() < 0 ? "-" : number(row.files()));
  }

  /** A number in five characters: {@code 812}, {@code 12.3k}, {@code 4.5M}. */
  static String number(Number count) {
    double value = count.doubleValue();
    if (value < 10_000) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    if (value < 1_000_000) {
      return String.format(Locale.ROOT, "%.1fk", value / 1_000);
    }
    return String.format(Locale.ROOT, "%.1fM", value / 1_000_000);
  }
}
