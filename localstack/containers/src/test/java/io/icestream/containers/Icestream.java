/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import io.icestream.cli.process.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The product's own query engine.
 *
 * @param site where the tables are
 */
record Icestream(Site site) {

  /** The rows of each query, in one process: as text, null as the empty text. */
  List<List<List<String>>> query(List<String> statements) {
    List<Object> arguments =
        new ArrayList<>(List.of("sql", "--format", "csv", "--environment", site.environment()));
    arguments.addAll(statements);
    Outcome outcome = site.command().run(arguments.toArray()).succeeded();
    List<List<List<String>>> answers =
        Arrays.stream(outcome.out().split("\n\n", -1)).map(Icestream::rows).toList();
    if (answers.size() != statements.size()) {
      throw new IllegalStateException(
          statements.size() + " statements, and answers of another number:\n" + outcome.out());
    }
    return answers;
  }

  private static List<List<String>> rows(String csv) {
    return csv.strip().lines().skip(1).map(Icestream::cells).toList();
  }

  /** Of RFC 4180 what the product writes; no cell of these tests has a line break. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (char c : line.toCharArray()) {
      if (c == '"') {
        // A doubled quote ends and begins again: the one between is kept
        if (!quoted && !cell.isEmpty()) {
          cell.append(c);
        }
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return List.copyOf(cells);
  }
}
