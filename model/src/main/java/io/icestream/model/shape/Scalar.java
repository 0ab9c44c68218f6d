/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import io.icestream.model.Location;
import io.icestream.model.Suggestion;
import java.util.Collection;

/**
 * A scalar of the file with its variables replaced.
 *
 * @param text its content
 * @param kind what YAML takes it for
 * @param shown the content as messages may show it
 * @param location where it starts
 */
record Scalar(String text, Kind kind, String shown, Location location) {

  /** What YAML takes a scalar for. */
  enum Kind {
    TEXT,
    NUMBER,
    TRUTH,
    NOTHING,
    /** It has variables, so that the key decides about its type. */
    SUBSTITUTED
  }

  boolean isText() {
    return kind == Kind.TEXT || kind == Kind.SUBSTITUTED;
  }

  boolean isNumber() {
    return kind == Kind.NUMBER || kind == Kind.SUBSTITUTED;
  }

  /** The content after "found". */
  String found() {
    return kind == Kind.NOTHING || (kind == Kind.TEXT && text.isBlank()) ? "nothing" : shown;
  }

  /** What is allowed, without a hint at a value that may not be shown. */
  String alternatives(Collection<String> allowed) {
    return kind == Kind.SUBSTITUTED
        ? "Allowed: " + String.join(", ", allowed) + "."
        : Suggestion.of(text, allowed);
  }
}
