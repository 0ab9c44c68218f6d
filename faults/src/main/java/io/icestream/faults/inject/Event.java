/* SPDX-License-Identifier: MIT */
package io.icestream.faults.inject;

import static io.icestream.faults.inject.FaultPoint.AFTER_FILES;
import static io.icestream.faults.inject.FaultPoint.AFTER_METADATA;
import static io.icestream.faults.inject.FaultPoint.AFTER_SWAP;
import static io.icestream.faults.inject.FaultPoint.BATCH_PLANNED;
import static io.icestream.faults.inject.FaultPoint.BEFORE_COMMIT_LOG;
import static io.icestream.faults.inject.FaultPoint.BEFORE_SWAP;
import static io.icestream.faults.inject.FaultPoint.BETWEEN_SINKS;

import java.util.List;
import java.util.Locale;

/** What happens to a driver. */
public enum Event {
  /** It is dead from there on. */
  CRASH,
  /** A second driver starts and does all there is to do, while the first one hangs. */
  SECOND_DRIVER,
  /** The catalog has made the commit, and its answer is lost. A crash before the commit log. */
  ANSWER_LOST,
  /** The catalog has not made the commit, and nobody says so. */
  REQUEST_LOST,
  /** Somebody compacts the table meanwhile. A crash before the commit log. */
  COMPACTION,
  /** Somebody expires the table's snapshots meanwhile. A crash before the commit log. */
  EXPIRY;

  /** The moments at which it can happen. */
  public List<FaultPoint> points() {
    return switch (this) {
      case CRASH -> List.of(FaultPoint.values());
      case SECOND_DRIVER ->
          List.of(
              BATCH_PLANNED,
              AFTER_FILES,
              BEFORE_SWAP,
              AFTER_METADATA,
              BETWEEN_SINKS,
              BEFORE_COMMIT_LOG);
      case ANSWER_LOST -> List.of(AFTER_SWAP);
      case REQUEST_LOST, EXPIRY -> List.of(BEFORE_SWAP);
      case COMPACTION -> List.of(AFTER_FILES);
    };
  }

  /** The name in combinations, such as {@code answer-lost}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
