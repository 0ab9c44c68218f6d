/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a snapshot says about the batch that made it.
 *
 * @param from next offset by partition where the batch began; a partition at its start may be
 *     absent
 * @param to where it ended
 * @param ledger what became of its rows: {@code read} and the parts that have to add up to it
 */
public record Mark(
    SortedMap<Integer, Long> from, SortedMap<Integer, Long> to, Map<String, Long> ledger) {
  private static final String READ = "read";

  private static final String OFFSETS = "offsets";

  public Mark {
    from = moved(from);
    to = moved(to);
    ledger = Map.copyOf(ledger);
  }

  long read() {
    return ledger.getOrDefault(READ, -1L);
  }

  /** What all parts of the ledger add up to. */
  long accounted() {
    return ledger.entrySet().stream()
        .filter(part -> !part.getKey().equals(READ) && !part.getKey().equals(OFFSETS))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static SortedMap<Integer, Long> moved(Map<Integer, Long> offsets) {
    SortedMap<Integer, Long> moved = new TreeMap<>(offsets);
    moved.values().removeIf(offset -> offset == 0);
    return Collections.unmodifiableSortedMap(moved);
  }
}
