/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a topic was given and has acknowledged.
 *
 * @param records in the order of offsets within each partition
 */
public record ProducedLog(List<ProducedRecord> records) {
  public ProducedLog {
    records =
        records.stream()
            .sorted(
                Comparator.comparingInt(ProducedRecord::partition)
                    .thenComparingLong(ProducedRecord::offset))
            .toList();
  }

  /** The next offset by partition. */
  public SortedMap<Integer, Long> end() {
    SortedMap<Integer, Long> end = new TreeMap<>();
    records.forEach(r -> end.merge(r.partition(), r.offset() + 1, Math::max));
    return end;
  }

  /** The records before a position; a partition that it does not name has none. */
  ProducedLog before(Map<Integer, Long> to) {
    return new ProducedLog(
        records.stream().filter(r -> r.offset() < to.getOrDefault(r.partition(), 0L)).toList());
  }

  /** The records from a position on. */
  ProducedLog from(Map<Integer, Long> from) {
    return new ProducedLog(
        records.stream().filter(r -> r.offset() >= from.getOrDefault(r.partition(), 0L)).toList());
  }
}
