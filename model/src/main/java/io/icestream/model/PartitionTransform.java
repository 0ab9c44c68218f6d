/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One part of a table's partition spec, as in Iceberg's specification.
 *
 * @param kind the transform
 * @param column the column it is applied to
 * @param width number of buckets or width of the truncation; 0 for the other transforms
 */
public record PartitionTransform(Kind kind, String column, int width) {
  private static final Pattern CALL =
      Pattern.compile("(years|months|days|hours)\\(\\s*(\\w+)\\s*\\)");
  private static final Pattern WIDE_CALL =
      Pattern.compile("(bucket|truncate)\\(\\s*([1-9]\\d{0,8})\\s*,\\s*(\\w+)\\s*\\)");
  private static final Pattern COLUMN = Pattern.compile("\\w+");

  /** What {@link #parse} accepts, as a regular expression that Java and ECMAScript share. */
  public static final String FORM =
      "\\s*(" + COLUMN.pattern() + "|" + CALL.pattern() + "|" + WIDE_CALL.pattern() + ")\\s*";

  /** How the spellings look that {@link #parse} accepts; for error messages. */
  public static final String ALLOWED =
      "a column, years(c), months(c), days(c), hours(c), bucket(n, c), truncate(n, c)";

  public PartitionTransform {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(column, "column");
  }

  /** Iceberg's partition transforms. */
  public enum Kind {
    IDENTITY,
    YEARS,
    MONTHS,
    DAYS,
    HOURS,
    BUCKET,
    TRUNCATE
  }

  /**
   * Reads one transform.
   *
   * @param text such as {@code days(event_time)} or {@code bucket(16, device_id)}
   * @return the transform; empty if the text is none
   */
  public static Optional<PartitionTransform> parse(String text) {
    String trimmed = text.trim();
    if (COLUMN.matcher(trimmed).matches()) {
      return Optional.of(new PartitionTransform(Kind.IDENTITY, trimmed, 0));
    }
    Matcher call = CALL.matcher(trimmed);
    if (call.matches()) {
      return Optional.of(new PartitionTransform(kind(call.group(1)), call.group(2), 0));
    }
    Matcher wide = WIDE_CALL.matcher(trimmed);
    if (wide.matches()) {
      int width = Integer.parseInt(wide.group(2));
      return Optional.of(new PartitionTransform(kind(wide.group(1)), wide.group(3), width));
    }
    return Optional.empty();
  }

  /** The transform as it is written in the pipeline file and in SQL. */
  @Override
  public String toString() {
    return switch (kind) {
      case IDENTITY -> column;
      case YEARS, MONTHS, DAYS, HOURS -> kind.name().toLowerCase(Locale.ROOT) + "(" + column + ")";
      case BUCKET, TRUNCATE ->
          kind.name().toLowerCase(Locale.ROOT) + "(" + width + ", " + column + ")";
    };
  }

  private static Kind kind(String name) {
    return Kind.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
