/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import io.icestream.faults.oracle.Violation.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds in which rows a table differs from its model. Rows are told apart by the model's identity;
 * one with the same identity and other values has changed.
 */
final class RowComparison {
  private final SinkModel model;
  private final Map<Rule, List<String>> found = new LinkedHashMap<>();

  private RowComparison(SinkModel model) {
    this.model = model;
  }

  /** What is wrong by rule, each row described. */
  static Map<Rule, List<String>> of(
      SinkModel model, List<Map<String, String>> expected, List<Map<String, String>> actual) {
    RowComparison comparison = new RowComparison(model);
    comparison.compare(expected, actual.stream().map(model::seen).toList());
    return comparison.found;
  }

  private void compare(List<Map<String, String>> expected, List<Map<String, String>> actual) {
    Map<String, List<Map<String, String>>> wanted = byIdentity(expected);
    Map<String, List<Map<String, String>>> there = byIdentity(actual);
    wanted.forEach(
        (identity, rows) -> compare(identity, rows, there.getOrDefault(identity, List.of())));
    there.keySet().stream()
        .filter(identity -> !wanted.containsKey(identity))
        .forEach(identity -> add(Rule.UNPRODUCED, identity));
  }

  private void compare(
      String identity, List<Map<String, String>> wanted, List<Map<String, String>> there) {
    if (there.size() < wanted.size()) {
      add(Rule.LOST, identity + times(there.size(), wanted.size()));
    } else if (there.size() > wanted.size()) {
      add(Rule.DOUBLED, identity + times(there.size(), wanted.size()));
    }
    List<Map<String, String>> left = new ArrayList<>(wanted);
    for (Map<String, String> row : there) {
      if (!left.remove(withColumnsOf(wanted, row)) && !left.isEmpty()) {
        add(Rule.CHANGED, identity + " " + difference(left.remove(0), row));
      }
    }
  }

  /** A table may have columns that the model has no opinion about. */
  private static Map<String, String> withColumnsOf(
      List<Map<String, String>> wanted, Map<String, String> row) {
    Map<String, String> known = new TreeMap<>();
    wanted.get(0).keySet().forEach(c -> known.put(c, row.getOrDefault(c, Oracle.NULL)));
    return known;
  }

  private static String difference(Map<String, String> wanted, Map<String, String> row) {
    return wanted.entrySet().stream()
        .filter(e -> !e.getValue().equals(row.getOrDefault(e.getKey(), Oracle.NULL)))
        .sorted(Map.Entry.comparingByKey())
        .map(
            e ->
                e.getKey()
                    + " is "
                    + row.getOrDefault(e.getKey(), Oracle.NULL)
                    + ", not "
                    + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String times(int there, int wanted) {
    return wanted == 1 && there == 0 ? "" : " (" + there + " times, not " + wanted + ")";
  }

  private Map<String, List<Map<String, String>>> byIdentity(List<Map<String, String>> rows) {
    return rows.stream()
        .collect(Collectors.groupingBy(this::identity, LinkedHashMap::new, Collectors.toList()));
  }

  private String identity(Map<String, String> row) {
    return model.identity().stream()
        .map(c -> row.getOrDefault(c, Oracle.NULL))
        .collect(Collectors.joining(":"));
  }

  private void add(Rule rule, String row) {
    found.computeIfAbsent(rule, r -> new ArrayList<>()).add(row);
  }
}
