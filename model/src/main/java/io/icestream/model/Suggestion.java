/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The "did you mean" of error messages: the known name that is nearest to a wrong one. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * Describes a wrong name's alternatives.
   *
   * @param found the name that is not known
   * @param known the names that are
   * @return a sentence such as {@code Did you mean 'format'? Allowed: format, kafka.}
   */
  public static String of(String found, Collection<String> known) {
    String allowed = known.isEmpty() ? "none" : String.join(", ", known);
    return nearest(found, known).map(n -> "Did you mean '" + n + "'? ").orElse("")
        + "Allowed: "
        + allowed
        + ".";
  }

  /** The known name within a third of the letters of the wrong one, if there is any. */
  static Optional<String> nearest(String found, Collection<String> known) {
    String best = null;
    int bestDistance = Math.max(1, found.length() / 3) + 1;
    for (String candidate : known) {
      int distance = distance(found.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Levenshtein distance, with two rows of the matrix. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
