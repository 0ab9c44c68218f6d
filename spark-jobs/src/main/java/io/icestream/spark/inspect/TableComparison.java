/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows that a test expects of a table, against those that came out. Rows have no order. Pure.
 *
 * @param table the table
 * @param shown the columns that matter where the test does not say which
 * @param expected the rows that the test names, each with the columns that matter
 * @param found the rows that came out
 * @param near expected rows that are missing, each with the row left over that is most like it
 * @param missing expected rows that are like none
 * @param extra rows left over that are like none that is expected
 */
public record TableComparison(
    String table,
    List<String> shown,
    List<Map<String, Object>> expected,
    List<Map<String, Object>> found,
    List<NearMatch> near,
    List<Map<String, Object>> missing,
    List<Map<String, Object>> extra) {

  /**
   * A row that is almost the expected one.
   *
   * @param expected the row that the test names
   * @param found the row that is most like it
   * @param different the names of the columns that are not as expected, in the test's order
   */
  public record NearMatch(
      Map<String, Object> expected, Map<String, Object> found, List<String> different) {
    public NearMatch {
      different = List.copyOf(different);
    }
  }

  public TableComparison {
    shown = List.copyOf(shown);
    expected = List.copyOf(expected);
    found = List.copyOf(found);
    near = List.copyOf(near);
    missing = List.copyOf(missing);
    extra = List.copyOf(extra);
  }

  /** Whether each row that came out is expected, and the other way round. */
  public boolean passed() {
    return near.isEmpty() && missing.isEmpty() && extra.isEmpty();
  }

  /**
   * Compares.
   *
   * @param table the table
   * @param shown the columns that matter where the test does not say which
   * @param expected rows of the test
   * @param found rows that came out
   */
  static TableComparison of(
      String table,
      List<String> shown,
      List<Map<String, Object>> expected,
      List<Map<String, Object>> found) {
    int[] partner = new int[found.size()];
    Arrays.fill(partner, -1);
    for (int row = 0; row < expected.size(); row++) {
      match(row, expected, found, partner, new boolean[found.size()]);
    }
    List<Map<String, Object>> extra = new ArrayList<>();
    List<Map<String, Object>> missing = new ArrayList<>(expected);
    for (int i = found.size() - 1; i >= 0; i--) {
      if (partner[i] < 0) {
        extra.add(0, found.get(i));
      }
    }
    int[] matched = Arrays.stream(partner).filter(row -> row >= 0).sorted().toArray();
    for (int i = matched.length - 1; i >= 0; i--) {
      missing.remove(matched[i]);
    }
    List<NearMatch> near = pairs(missing, extra);
    return new TableComparison(table, shown, expected, found, near, missing, extra);
  }

  /**
   * Finds a partner for an expected row, moving others to another partner where they have one: a
   * row that names few columns must not take the partner of one that names many.
   */
  private static boolean match(
      int row,
      List<Map<String, Object>> expected,
      List<Map<String, Object>> found,
      int[] partner,
      boolean[] tried) {
    for (int i = 0; i < found.size(); i++) {
      if (!tried[i] && different(expected.get(row), found.get(i)).isEmpty()) {
        tried[i] = true;
        if (partner[i] < 0 || match(partner[i], expected, found, partner, tried)) {
          partner[i] = row;
          return true;
        }
      }
    }
    return false;
  }

  /** Takes the pairs out of both lists that are most alike, and have a column in common. */
  private static List<NearMatch> pairs(
      List<Map<String, Object>> missing, List<Map<String, Object>> extra) {
    List<NearMatch> pairs = new ArrayList<>();
    while (true) {
      NearMatch best = null;
      int bestShared = 0;
      for (Map<String, Object> row : missing) {
        for (Map<String, Object> other : extra) {
          List<String> different = different(row, other);
          int shared = row.size() - different.size();
          if (shared > bestShared) {
            bestShared = shared;
            best = new NearMatch(row, other, different);
          }
        }
      }
      if (best == null) {
        return pairs;
      }
      pairs.add(best);
      removeSame(missing, best.expected());
      removeSame(extra, best.found());
    }
  }

  /** Equal rows may stand in a list twice; only this one is taken out. */
  @SuppressWarnings("ReferenceEquality")
  private static void removeSame(List<Map<String, Object>> rows, Map<String, Object> row) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i) == row) {
        rows.remove(i);
        return;
      }
    }
  }

  private static List<String> different(Map<String, Object> expected, Map<String, Object> found) {
    List<String> different = new ArrayList<>();
    expected.forEach(
        (column, value) -> {
          if (!found.containsKey(column) || !ExpectedValue.is(value, found.get(column))) {
            different.add(column);
          }
        });
    return different;
  }

  /** The rows that came out, as the test would have to name them: with the columns it names. */
  public List<Map<String, Object>> foundAsExpected() {
    return found.stream().map(this::named).toList();
  }

  /** A row with the columns that the test names for this table; with {@link #shown}, if none. */
  public Map<String, Object> named(Map<String, Object> row) {
    Set<String> columns = new LinkedHashSet<>();
    expected.forEach(names -> columns.addAll(names.keySet()));
    columns.retainAll(row.keySet());
    if (columns.isEmpty()) {
      columns.addAll(shown);
    }
    Map<String, Object> named = new LinkedHashMap<>();
    columns.forEach(column -> named.put(column, row.get(column)));
    return Collections.unmodifiableMap(named);
  }
}
