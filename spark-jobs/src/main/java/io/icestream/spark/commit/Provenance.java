/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.decode.EventTimes;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a marker says beside the offsets.
 *
 * @param ledger what became of the batch's rows
 * @param timesAfter newest event times at the batch's end
 * @param lookups snapshots of the lookup tables that it was joined with
 * @param unmet the expectations on the way to the sink that were not met, as {@code step.name},
 *     with the number of rows; 1 for an expectation of the batch. None is 0
 */
public record Provenance(
    Ledger ledger, EventTimes timesAfter, Map<String, Long> lookups, Map<String, Long> unmet) {
  public Provenance {
    Objects.requireNonNull(ledger, "ledger");
    Objects.requireNonNull(timesAfter, "timesAfter");
    lookups = Map.copyOf(lookups);
    unmet = Collections.unmodifiableSortedMap(new TreeMap<>(unmet));
  }

  /** Where all expectations were met. */
  public Provenance(Ledger ledger, EventTimes timesAfter, Map<String, Long> lookups) {
    this(ledger, timesAfter, lookups, Map.of());
  }

  /** The same with another ledger: for another sink of the batch. */
  public Provenance with(Ledger other) {
    return new Provenance(other, timesAfter, lookups, unmet);
  }

  /** The same with other expectations that were not met: for another sink of the batch. */
  public Provenance withUnmet(Map<String, Long> others) {
    return new Provenance(ledger, timesAfter, lookups, others);
  }
}
