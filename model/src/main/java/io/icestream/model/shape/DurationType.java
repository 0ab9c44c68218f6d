/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A whole number with a unit: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 2h}, {@code 1d}. */
public final class DurationType {
  private static final String FORM = "([0-9]{1,9})(ms|s|m|h|d)";
  private static final Pattern PATTERN = Pattern.compile(FORM);

  /** The type. */
  public static final Type<Duration> DURATION =
      new ParsedText<>(
          "duration",
          FORM,
          DurationType::parse,
          (subject, found) ->
              subject
                  + " has to be a duration such as 500ms, 30s, 10m, 2h or 1d, found "
                  + found
                  + ".");

  private DurationType() {}

  private static Optional<Duration> parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    return matcher.matches()
        ? Optional.of(duration(Long.parseLong(matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
