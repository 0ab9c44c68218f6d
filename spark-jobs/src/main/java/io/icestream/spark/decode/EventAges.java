/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * How old the rows of a batch are, in classes: 16 for each doubling, so that a class is never wider
 * than a sixteenth of its age. Counting a row is a subtraction and an increment. Immutable.
 */
public final class EventAges implements Serializable {
  private static final long serialVersionUID = 1;

  /** Of no rows. */
  public static final EventAges NONE = new EventAges(0, new int[0]);

  /** A class of the first sixteen is 1024 microseconds wide. */
  private static final int UNIT = 10;

  private static final int STEPS = 4;

  /** Two thousand years: what is older is not told apart. */
  private static final long OLDEST = (1L << 46) - 1;

  private static final int CLASSES = classOf(OLDEST << UNIT) + 1;

  private final long since;
  private final int[] rows;

  private EventAges(long since, int[] rows) {
    this.since = since;
    this.rows = rows;
  }

  /** The ages of the rows of both, which were counted at the same moment. */
  EventAges and(EventAges other) {
    if (rows.length == 0 || other.rows.length == 0) {
      return rows.length == 0 ? other : this;
    }
    if (since != other.since) {
      throw new IllegalArgumentException(since + " is not " + other.since);
    }
    int[] sum = rows.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (int) Math.min(Integer.MAX_VALUE, (long) sum[i] + other.rows[i]);
    }
    return new EventAges(since, sum);
  }

  /**
   * What a share of the rows is not older than, in seconds; empty if there are no rows. It is true
   * to a thirtieth of the age at the moment of counting.
   *
   * @param share above 0, at most 1
   * @param now the moment that ages are asked of
   */
  public OptionalDouble seconds(double share, Instant now) {
    long all = 0;
    for (int count : rows) {
      all += count;
    }
    long wanted = (long) Math.ceil(all * share);
    long seen = 0;
    for (int i = 0; i < rows.length; i++) {
      seen += rows[i];
      if (rows[i] > 0 && seen >= wanted) {
        Duration passed =
            Duration.between(Instant.EPOCH, now).minusNanos(Math.multiplyExact(since, 1_000L));
        return OptionalDouble.of(Math.max(0, passed.toNanos() / 1e9 + middle(i) / 1e6));
      }
    }
    return OptionalDouble.empty();
  }

  /** An age in microseconds; one that is not over yet is none. */
  private static int classOf(long age) {
    long units = Math.min(Math.max(age, 0) >> UNIT, OLDEST);
    int doublings = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(units) - STEPS - 1);
    return (doublings << STEPS) + (int) (units >>> doublings);
  }

  /** The age in the middle of a class, in microseconds. */
  private static double middle(int number) {
    int doublings = Math.max(0, (number >> STEPS) - 1);
    long units = number - ((long) doublings << STEPS);
    return (units + 0.5) * (1L << doublings) * (1 << UNIT);
  }

  /** Counts the rows of a task. */
  static final class Counter {
    private final long since;
    private final int[] rows = new int[CLASSES];

    /**
     * @param since the moment at which ages are counted, in microseconds since 1970
     */
    Counter(long since) {
      this.since = since;
    }

    void add(long time) {
      rows[classOf(since - time)]++;
    }

    EventAges ages() {
      return new EventAges(since, rows);
    }
  }
}
