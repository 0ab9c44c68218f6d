/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant. */
final class NearestName {

  private NearestName() {}

  /**
   * The name with the fewest edits from this one, if these are at most a third of its length (and
   * at least 2 are allowed).
   */
  static Optional<String> among(Collection<String> names, String wanted) {
    int allowed = Math.max(2, wanted.length() / 3);
    return names.stream()
        .filter(name -> edits(name, wanted) <= allowed)
        .min(
            Comparator.<String>comparingInt(name -> edits(name, wanted))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein distance, upper and lower case being the same. */
  private static int edits(String left, String right) {
    String from = left.toLowerCase(Locale.ROOT);
    String to = right.toLowerCase(Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
