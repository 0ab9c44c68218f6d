/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The good records of a log by key, each key's from the oldest to the newest. */
final class KeyedLog {
  private KeyedLog() {}

  /**
   * Sorts a log.
   *
   * @param key the field that records belong together by
   * @param order a field with a time, which decides what is newer; then the offset does
   */
  static Collection<List<ProducedRecord>> of(ProducedLog log, String key, String order) {
    Comparator<ProducedRecord> byTime =
        Comparator.comparing(r -> OffsetDateTime.parse(r.fields().get(order)).toInstant());
    return log.records().stream()
        .filter(ProducedRecord::good)
        .sorted(byTime.thenComparingLong(ProducedRecord::offset))
        .collect(Collectors.groupingBy(r -> r.fields().get(key), TreeMap::new, Collectors.toList()))
        .values();
  }

  /** A record as a row of a table: its fields and its position. */
  static Map<String, String> row(ProducedRecord record) {
    Map<String, String> row = new TreeMap<>(record.fields());
    row.put("kafka_partition", Integer.toString(record.partition()));
    row.put("kafka_offset", Long.toString(record.offset()));
    return row;
  }
}
