/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Tells whether a regular expression can take very long. Spark's functions use java.util.regex,
 * which tries one way after the other: a repetition inside of a repetition doubles the ways with
 * each character, and so does a choice inside of one (see OWASP, "Regular expression Denial of
 * Service"). A back reference and a look-around are not needed for taking texts apart.
 */
final class RegexBound {
  private static final int MOST_REPETITIONS = 20;

  private final String pattern;
  private int at;
  private int repetitions;
  private String problem;

  private RegexBound(String pattern) {
    this.pattern = pattern;
  }

  /** What speaks against a pattern, with the remedy; empty: nothing. */
  static Optional<String> problem(String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      return Optional.of("it is no regular expression: " + e.getDescription() + ".");
    }
    RegexBound bound = new RegexBound(pattern);
    bound.alternatives();
    if (bound.problem == null && bound.repetitions > MOST_REPETITIONS) {
      bound.problem = "it has more than " + MOST_REPETITIONS + " repetitions without an end.";
    }
    return Optional.ofNullable(bound.problem);
  }

  /**
   * Reads up to the end of a group.
   *
   * @return whether there are several ways to match the same text
   */
  private boolean alternatives() {
    boolean ambiguous = false;
    while (at < pattern.length() && pattern.charAt(at) != ')') {
      char c = pattern.charAt(at);
      if (c == '|') {
        ambiguous = true;
        at++;
      } else {
        ambiguous |= item(c);
      }
    }
    return ambiguous;
  }

  private boolean item(char c) {
    boolean inner = false;
    if (c == '(') {
      inner = group();
    } else if (c == '[') {
      characterClass();
    } else if (c == '\\') {
      escape();
    } else {
      at++;
    }
    return quantifier(inner);
  }

  private boolean group() {
    at++;
    if (pattern.startsWith("?", at) && !pattern.startsWith("?:", at)) {
      boolean named =
          pattern.startsWith("?<", at)
              && !pattern.startsWith("?<=", at)
              && !pattern.startsWith("?<!", at);
      if (named) {
        at = pattern.indexOf('>', at) + 1;
      } else if (pattern.startsWith("?i)", at)) {
        at += 2;
      } else {
        problem = "it has a look-around or a flag, '(" + pattern.substring(at, at + 2) + "'.";
      }
    }
    boolean inner = alternatives();
    at++;
    return inner;
  }

  /** A class is one character; whether it has a class inside does not matter. */
  private void characterClass() {
    int depth = 0;
    do {
      char c = pattern.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth--;
      }
      at++;
    } while (depth > 0 && at < pattern.length());
  }

  private void escape() {
    char c = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
    if ((c >= '1' && c <= '9') || c == 'k') {
      problem = "it has a back reference, '\\" + c + "'.";
    }
    at += 2;
    if (c == 'Q') {
      int end = pattern.indexOf("\\E", at);
      at = end < 0 ? pattern.length() : end + 2;
    } else if ((c == 'p' || c == 'P' || c == 'x') && pattern.startsWith("{", at)) {
      at = pattern.indexOf('}', at) + 1;
    }
  }

  /** Reads what says how often; gives whether the item has several ways to match a text. */
  private boolean quantifier(boolean inner) {
    if (at >= pattern.length()) {
      return inner;
    }
    char c = pattern.charAt(at);
    boolean many = c == '*' || c == '+';
    if (c == '{') {
      int end = pattern.indexOf('}', at);
      String bounds = pattern.substring(at + 1, end);
      many = bounds.endsWith(",") || largest(bounds) > 1_000;
      inner |= bounds.contains(",");
      at = end + 1;
    } else if (many || c == '?') {
      at++;
    } else {
      return inner;
    }
    if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == '+')) {
      at++; // reluctant or possessive
    }
    if (many) {
      repetitions++;
      if (inner) {
        problem =
            "it repeats a group that has a repetition or a choice inside, which can take very"
                + " long. Write it without the outer or the inner one.";
      }
    }
    return true;
  }

  private static int largest(String bounds) {
    String last = bounds.substring(bounds.indexOf(',') + 1);
    return last.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(last.isEmpty() ? "0" : last);
  }
}
