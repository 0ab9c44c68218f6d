/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON of maps, collections, texts, numbers and booleans. */
public final class Json {
  private Json() {}

  /** An object of names and values in turn; it can be added to. */
  public static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /** The text of a value, indented by two blanks, with a line end at the end. */
  public static String text(Object value) {
    return text(value, "\n") + "\n";
  }

  private static String text(Object value, String newLine) {
    if (value instanceof Map<?, ?> map) {
      return block(
          '{',
          map.entrySet().stream()
              .map(e -> quoted((String) e.getKey()) + ": " + text(e.getValue(), newLine + "  "))
              .toList(),
          newLine,
          '}');
    }
    if (value instanceof Collection<?> all) {
      return block(
          '[', all.stream().map(item -> text(item, newLine + "  ")).toList(), newLine, ']');
    }
    return value instanceof String text ? quoted(text) : String.valueOf(value);
  }

  private static String block(char open, Collection<String> items, String newLine, char close) {
    return items.isEmpty()
        ? "" + open + close
        : items.stream()
            .map(item -> newLine + "  " + item)
            .collect(Collectors.joining(",", "" + open, newLine + close));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c == '\n') {
        quoted.append("\\n");
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
