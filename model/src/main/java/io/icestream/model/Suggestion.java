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
    return among(found, known, "Allowed");
  }

  /** As {@link #of}, with another word before the known names. */
  public static String among(String found, Collection<String> known, String word) {
    String names = known.isEmpty() ? "none" : String.join(", ", known);
    return nearest(found, known).map(n -> "Did you mean '" + n + "'? ").orElse("")
        + word
        + ": "
        + names
        + ".";
  }

  /** The known name within a third of the letters of the wrong one, if there is any. */
  public static Optional<String> nearest(String found, Collection<String> known) {
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

  /** How many letters were added, left out, mistaken or swapped with the next one. */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int mistaken = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(mistaken, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (areSwapped(a, i, b, j)) {
          edits[i][j] = Math.min(edits[i][j], 1 + edits[i - 2][j - 2]);
        }
      }
    }
    return edits[a.length()][b.length()];
  }

  /** Whether the two letters before these places are the same in the other order. */
  private static boolean areSwapped(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
