/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.decode.EventTimes;
import java.util.Map;
import java.util.Objects;

/**
 * What a marker says beside the offsets.
 *
 * @param ledger what became of the batch's rows
 * @param timesAfter newest event times at the batch's end
 * @param lookups snapshots of the lookup tables that it was joined with
 */
public record Provenance(Ledger ledger, EventTimes timesAfter, Map<String, Long> lookups) {
  public Provenance {
    Objects.requireNonNull(ledger, "ledger");
    Objects.requireNonNull(timesAfter, "timesAfter");
    lookups = Map.copyOf(lookups);
  }

  /** The same with another ledger: for another sink of the batch. */
  public Provenance with(Ledger other) {
    return new Provenance(other, timesAfter, lookups);
  }
}
