/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.RLike;

/**
 * Arguments that decide what a call costs. They have to be written down, so that no record can make
 * a call run for hours or fill the memory.
 */
final class BoundedCalls {
  private static final int LONGEST = 10_000;

  /** Functions with a regular expression, by the argument that it is. */
  private static final Map<String, List<Integer>> PATTERNS =
      Map.ofEntries(
          Map.entry("regexp", List.of(1)),
          Map.entry("regexp_count", List.of(1)),
          Map.entry("regexp_extract", List.of(1)),
          Map.entry("regexp_extract_all", List.of(1)),
          Map.entry("regexp_instr", List.of(1)),
          Map.entry("regexp_like", List.of(1)),
          Map.entry("regexp_replace", List.of(1)),
          Map.entry("regexp_substr", List.of(1)),
          Map.entry("rlike", List.of(1)),
          Map.entry("split", List.of(1)),
          Map.entry("str_to_map", List.of(1, 2)));

  /** Functions whose result is as long as an argument says, by that argument. */
  private static final Map<String, Integer> LENGTHS =
      Map.of("repeat", 1, "space", 0, "lpad", 1, "rpad", 1, "array_repeat", 1, "format_number", 1);

  private static final Pattern WIDE_FORMAT = Pattern.compile("%[^a-zA-Z%]*\\d{4}");

  private BoundedCalls() {}

  /**
   * Judges one node of a parsed expression.
   *
   * @return why it is refused, with the remedy; empty if it is allowed
   */
  static Optional<String> refusal(Expression node) {
    if (node instanceof RLike like) {
      return pattern("rlike", like.right());
    }
    if (!(node instanceof UnresolvedFunction function)) {
      return Optional.empty();
    }
    String name = String.join(".", Plans.list(function.nameParts())).toLowerCase(Locale.ROOT);
    List<Expression> arguments = Plans.list(function.arguments());
    for (int at : PATTERNS.getOrDefault(name, List.of())) {
      Optional<String> refusal =
          at < arguments.size() ? pattern(name, arguments.get(at)) : Optional.empty();
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    Integer length = LENGTHS.get(name);
    if (length != null && length < arguments.size()) {
      return length(name, arguments.get(length));
    }
    boolean format = name.equals("format_string") || name.equals("printf");
    return format && !arguments.isEmpty() ? format(name, arguments.get(0)) : Optional.empty();
  }

  private static Optional<String> pattern(String function, Expression argument) {
    if (!(argument instanceof Literal literal)) {
      return Optional.of(
          "The pattern of '" + function + "' has to be written down as a text, not computed.");
    }
    return RegexBound.problem(String.valueOf(literal.value()))
        .map(reason -> "The pattern of '" + function + "' is not allowed: " + reason);
  }

  private static Optional<String> length(String function, Expression argument) {
    boolean bounded =
        argument instanceof Literal literal
            && literal.value() instanceof Integer count
            && count <= LONGEST;
    return bounded
        ? Optional.empty()
        : Optional.of(
            "The length that '"
                + function
                + "' is given has to be written down as a whole number up to "
                + LONGEST
                + ".");
  }

  private static Optional<String> format(String function, Expression argument) {
    boolean bounded =
        argument instanceof Literal literal
            && !WIDE_FORMAT.matcher(String.valueOf(literal.value())).find();
    return bounded
        ? Optional.empty()
        : Optional.of(
            "The format of '"
                + function
                + "' has to be written down as a text, with widths below 1000.");
  }
}
