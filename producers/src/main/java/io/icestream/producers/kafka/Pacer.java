/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Keeps a pace: each turn is due one interval after the one before. Being late by up to {@value
 * #CATCH_UP_NANOS} ns is made up for, because the system wakes threads late; being later than that
 * is forgotten, so that no burst follows a pause.
 */
final class Pacer {

  static final long CATCH_UP_NANOS = 20_000_000;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final long perSecond;
  private final LongSupplier nanoTime;
  private final LongConsumer park;
  private long anchor;
  private long turns;

  private Pacer(long perSecond, LongSupplier nanoTime, LongConsumer park) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.park = park;
    this.anchor = nanoTime.getAsLong();
  }

  static Pacer of(Pace pace) {
    return of(pace, System::nanoTime, LockSupport::parkNanos);
  }

  static Pacer of(Pace pace, LongSupplier nanoTime, LongConsumer park) {
    long perSecond = pace instanceof Pace.PerSecond limited ? limited.records() : Long.MAX_VALUE;
    return new Pacer(perSecond, nanoTime, park);
  }

  /**
   * Returns when the next turn is due, or early when the thread is interrupted. The first one is
   * due at once.
   */
  void awaitTurn() {
    if (perSecond == Long.MAX_VALUE) {
      return;
    }
    long due = anchor + turns * NANOS_PER_SECOND / perSecond;
    long now = nanoTime.getAsLong();
    if (now - due > CATCH_UP_NANOS) {
      startOver(now);
    }
    while (now - due < 0 && !Thread.currentThread().isInterrupted()) {
      park.accept(due - now);
      now = nanoTime.getAsLong();
    }
    turns++;
    if (turns == perSecond) {
      startOver(anchor + NANOS_PER_SECOND);
    }
  }

  private void startOver(long at) {
    anchor = at;
    turns = 0;
  }
}
