/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import io.icestream.producers.ProducerException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Objects;

/**
 * What all simulators need to know. Record {@code i}, counted from 0, has the nominal event time
 * {@code start + i * step}, to the millisecond.
 *
 * @param count number of records, at least 1
 * @param seed any number; another seed gives other records
 * @param badPermille how many of 1,000 records are not good, 0 to 1,000, split about evenly over
 *     the four bad classes; {@link #DEFAULT_BAD_PERMILLE} where the user says nothing
 * @param start nominal event time of the first record, 1971 to 9999
 * @param step time between two records, more than zero; the last record has to lie before the year
 *     10000 and within 292 years of the start
 */
public record Simulation(long count, long seed, int badPermille, Instant start, Duration step) {

  /** 20 of 1,000 records are not good. */
  public static final int DEFAULT_BAD_PERMILLE = 20;

  private static final Instant EARLIEST = Instant.parse("1971-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * @throws ProducerException if a value is out of its bounds
   */
  public Simulation {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(step, "step");
    if (count < 1) {
      throw new ProducerException(
          "Count is " + count + ": give the number of records to simulate, 1 or more.");
    }
    if (badPermille < 0 || badPermille > 1000) {
      throw new ProducerException(
          "Bad permille is "
              + badPermille
              + ": give a share of bad records from 0 (none) to 1000 (all).");
    }
    if (start.isBefore(EARLIEST) || start.isAfter(END)) {
      throw new ProducerException("Start is " + start + ": give a time from 1971 to 9999.");
    }
    if (step.isZero() || step.isNegative()) {
      throw new ProducerException(
          "Step is " + step + ": give a time between two records of more than zero.");
    }
    if (!lastIsBeforeEnd(count, start, step)) {
      throw new ProducerException(
          "Count "
              + count
              + " with step "
              + step
              + " from "
              + start
              + " runs for more than 292 years or past the year 9999: give a smaller count or step.");
    }
  }

  /**
   * Nominal event time of the record with this index, in milliseconds since 1970-01-01T00:00:00Z.
   */
  long millisAt(long index) {
    long nanosBelowMilli = start.get(ChronoField.NANO_OF_SECOND) % NANOS_PER_MILLI;
    return start.toEpochMilli() + (nanosBelowMilli + index * step.toNanos()) / NANOS_PER_MILLI;
  }

  private static boolean lastIsBeforeEnd(long count, Instant start, Duration step) {
    try {
      long span = Math.addExact(Math.multiplyExact(count - 1, step.toNanos()), NANOS_PER_MILLI);
      return !start.plusNanos(span).isAfter(END);
    } catch (ArithmeticException tooLong) {
      return false;
    }
  }
}
