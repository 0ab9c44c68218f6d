/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a value of a pipeline file's test is the one that came out. Pure. */
final class ExpectedValue {
  /** How far two floating point numbers may be apart, as a part of the larger one. */
  private static final double TOLERANCE = 1e-9;

  private ExpectedValue() {}

  /**
   * Compares by value: {@code 1.50} is {@code 1.5}, and a time is the same however it is written.
   *
   * @param expected as the YAML has it; of a struct only the fields that matter
   * @param found as {@link FoundRows} gives it
   */
  static boolean is(Object expected, Object found) {
    if (expected == null || found == null) {
      return expected == found;
    } else if (expected instanceof BigDecimal number) {
      return isNumber(number, found);
    } else if (expected instanceof List<?> list) {
      return found instanceof List<?> items && isList(list, items);
    } else if (expected instanceof Map<?, ?> map) {
      return found instanceof Map<?, ?> entries && isMap(map, entries);
    } else if (expected instanceof String text) {
      return isText(text, found);
    }
    return expected.equals(found);
  }

  private static boolean isNumber(BigDecimal expected, Object found) {
    if (found instanceof Double number) {
      double wanted = expected.doubleValue();
      double allowed = TOLERANCE * Math.max(Math.abs(wanted), Math.abs(number));
      return Math.abs(wanted - number) <= allowed;
    }
    return found instanceof BigDecimal number && expected.compareTo(number) == 0;
  }

  private static boolean isText(String expected, Object found) {
    if (found instanceof Instant time) {
      return instant(expected).filter(time::equals).isPresent();
    }
    if (found instanceof LocalDate || found instanceof Double) {
      return expected.equals(found.toString()); // a day, NaN or Infinity
    }
    return expected.equals(found instanceof LocalDateTime ? found.toString() : found);
  }

  private static boolean isList(List<?> expected, List<?> found) {
    if (expected.size() != found.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!is(expected.get(i), found.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMap(Map<?, ?> expected, Map<?, ?> found) {
    return expected.entrySet().stream()
        .allMatch(
            entry ->
                found.containsKey(entry.getKey())
                    && is(entry.getValue(), found.get(entry.getKey())));
  }

  /** A time in ISO 8601, with T or a blank; without an offset it is UTC. */
  private static Optional<Instant> instant(String text) {
    String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
    try {
      return Optional.of(OffsetDateTime.parse(iso).toInstant());
    } catch (DateTimeParseException e) {
      return local(iso);
    }
  }

  private static Optional<Instant> local(String iso) {
    try {
      return Optional.of(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
