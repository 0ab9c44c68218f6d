/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.OptionalInt;

/**
 * The text that a YAML scalar is written in, walked beside its value. A run of blanks and line
 * breaks of the one stands for a run of the other, whichever way YAML folds them.
 */
final class ScalarText {
  private static final int NONE = -1;

  private final String yaml;
  private final Style style;
  private int at;

  private enum Style {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    BLOCK
  }

  private ScalarText(String yaml, int start) {
    this.yaml = yaml;
    this.at = start;
    skipProperties();
    this.style = style();
    if (style == Style.BLOCK) {
      skipTo("\n");
    } else if (style != Style.PLAIN) {
      at++;
    }
  }

  /**
   * Finds a character of a value in the text.
   *
   * @param yaml the text of the file
   * @param start where the scalar starts, its anchor and tag included
   * @param value what it stands for
   * @param index a character of the value, or the end of its last visible one
   * @return its index in the text; empty if text and value differ before it, as they do behind a
   *     variable that was replaced
   */
  static OptionalInt find(String yaml, int start, String value, int index) {
    return new ScalarText(yaml, start).find(value, index);
  }

  private OptionalInt find(String value, int index) {
    int end = value.stripTrailing().length();
    int in = 0;
    while (true) {
      int visible = in;
      while (visible < value.length() && isBlank(value.charAt(visible))) {
        visible++;
      }
      if (visible > in || in == 0 || isAtLineEscape()) {
        skipBlanks();
        in = visible;
      }
      if (in >= index) {
        return OptionalInt.of(at);
      }
      int character = value.codePointAt(in);
      if (read() != character) {
        return OptionalInt.empty();
      }
      in += Character.charCount(character);
      if (in == index && in == end) { // blanks behind belong to no character
        return OptionalInt.of(at);
      }
    }
  }

  private Style style() {
    return switch (at < yaml.length() ? yaml.charAt(at) : ' ') {
      case '\'' -> Style.SINGLE_QUOTED;
      case '"' -> Style.DOUBLE_QUOTED;
      case '|', '>' -> Style.BLOCK;
      default -> Style.PLAIN;
    };
  }

  /** An anchor and a tag. */
  private void skipProperties() {
    while (at < yaml.length() && (yaml.charAt(at) == '&' || yaml.charAt(at) == '!')) {
      skipTo(" \t\r\n");
      while (at < yaml.length() && isBlank(yaml.charAt(at))) {
        at++;
      }
    }
  }

  private void skipTo(String ends) {
    while (at < yaml.length() && ends.indexOf(yaml.charAt(at)) < 0) {
      at++;
    }
  }

  /** Blanks as they are, and those that double quotes escape. */
  private void skipBlanks() {
    while (at < yaml.length()) {
      boolean escape =
          style == Style.DOUBLE_QUOTED
              && yaml.charAt(at) == '\\'
              && at + 1 < yaml.length()
              && "nrt \t\r\n".indexOf(yaml.charAt(at + 1)) >= 0;
      if (!escape && !isBlank(yaml.charAt(at))) {
        return;
      }
      at += escape ? 2 : 1;
    }
  }

  /** Whether double quotes go on in the next line without a blank. */
  private boolean isAtLineEscape() {
    return style == Style.DOUBLE_QUOTED
        && (yaml.startsWith("\\\n", at) || yaml.startsWith("\\\r\n", at));
  }

  /** The next character of the value; none at the end, and where an escape is not known here. */
  private int read() {
    if (at >= yaml.length()) {
      return NONE;
    }
    int character = yaml.codePointAt(at);
    if (character == '\'' && style == Style.SINGLE_QUOTED) {
      at += 2;
      return yaml.startsWith("''", at - 2) ? character : NONE;
    }
    if (character == '"' && style == Style.DOUBLE_QUOTED) {
      return NONE;
    }
    at += Character.charCount(character);
    return character == '\\' && style == Style.DOUBLE_QUOTED ? escaped() : character;
  }

  private int escaped() {
    char kind = at < yaml.length() ? yaml.charAt(at) : ' ';
    at++;
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'x' -> hexadecimal(2);
      case 'u' -> hexadecimal(4);
      case 'U' -> hexadecimal(8);
      default -> NONE;
    };
  }

  private int hexadecimal(int digits) {
    int end = at + digits;
    try {
      return end <= yaml.length() ? Integer.parseInt(yaml, at, end, 16) : NONE;
    } catch (NumberFormatException e) {
      return NONE;
    } finally {
      at = end;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
