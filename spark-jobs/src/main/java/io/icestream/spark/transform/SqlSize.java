/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import java.util.Optional;

/**
 * Bounds on the SQL itself: the parser and the analyser go down one level of their stack for each
 * level of the text.
 */
final class SqlSize {
  private static final int LONGEST = 50_000;
  private static final int DEEPEST = 100;

  private SqlSize() {}

  /** What speaks against a text, with the remedy; empty: nothing. */
  static Optional<String> problem(String sql) {
    if (sql.length() > LONGEST) {
      return Optional.of(
          "The SQL has "
              + sql.length()
              + " characters, more than "
              + LONGEST
              + ". Split it into steps.");
    }
    int depth = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      if (depth > DEEPEST) {
        return Optional.of(
            "The SQL is nested more than " + DEEPEST + " levels deep. Split it into steps.");
      }
    }
    return Optional.empty();
  }
}
