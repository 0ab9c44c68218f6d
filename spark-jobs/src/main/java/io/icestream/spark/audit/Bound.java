/* SPDX-License-Identifier: MIT */
package io.icestream.spark.audit;

import io.icestream.spark.commit.MarkerLog.Entry;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Where a part of a table's history begins or ends: at a batch or at a time. */
public sealed interface Bound {
  /**
   * Reads a bound: a batch number, a time such as {@code 2026-01-31T12:00:00Z}, or a day.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static Bound parse(String text) {
    if (text.matches("\\d{1,18}")) {
      return new Batch(Long.parseLong(text));
    }
    return time(text)
        .or(() -> time(text + "T00:00:00Z"))
        .map(Time::new)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Expected a batch number, a time such as 2026-01-31T12:00:00Z or a day such as"
                        + " 2026-01-31, found '"
                        + text
                        + "'"));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Below 0 if a commit is before the bound, 0 if it is at it, above 0 if it is after it. */
  int compare(Entry entry);

  /**
   * A batch.
   *
   * @param number its number in the checkpoint
   */
  record Batch(long number) implements Bound {
    @Override
    public int compare(Entry entry) {
      return Long.compare(entry.marker().batch(), number);
    }
  }

  /**
   * A time.
   *
   * @param instant compared with the time of the commit
   */
  record Time(Instant instant) implements Bound {
    @Override
    public int compare(Entry entry) {
      return entry.time().compareTo(instant);
    }
  }
}
