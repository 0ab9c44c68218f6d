/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values as YAML writes them on one line. */
public final class YamlFlow {
  /** Texts that need no quotes, inside braces too. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_/]([A-Za-z0-9_./+@%()=' -]|:(?=[^ ]))*");

  private static final Pattern NO_TEXT =
      Pattern.compile("(?i)null|true|false|[-+]?[0-9.][0-9._]*(e[-+]?[0-9]*)?");

  private YamlFlow() {}

  /**
   * Writes a value so that {@link PipelineParser} reads it as the same one.
   *
   * @param value a text, number, boolean, null, list or map; anything else is written as its {@code
   *     toString}
   */
  public static String of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty()
          ? "{}"
          : map.entrySet().stream()
              .map(entry -> of(entry.getKey()) + ": " + of(entry.getValue()))
              .collect(Collectors.joining(", ", "{ ", " }"));
    } else if (value instanceof List<?> list) {
      return list.stream().map(YamlFlow::of).collect(Collectors.joining(", ", "[", "]"));
    } else if (value instanceof BigDecimal number) {
      return number.toPlainString();
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      return String.valueOf(value);
    }
    return text(value.toString());
  }

  private static String text(String text) {
    boolean plain =
        PLAIN.matcher(text).matches()
            && !text.endsWith(" ")
            && !text.contains(" #")
            && (!NO_TEXT.matcher(text).matches() || isDay(text));
    return plain ? text : quoted(text);
  }

  private static boolean isDay(String text) {
    return text.matches("\\d{4}-\\d{2}-\\d{2}");
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          boolean shown = c >= ' ' && c != 0x7f && !(c >= 0x80 && c < 0xa0);
          quoted.append(shown ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
      }
    }
    return quoted.append('"').toString();
  }
}
