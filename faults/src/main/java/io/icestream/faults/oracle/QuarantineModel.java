/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A quarantine table: each bad record once, with its position, its payload and some reason. */
public final class QuarantineModel implements SinkModel {
  /** Stands for a reason, whichever it is. */
  public static final String GIVEN = "given";

  @Override
  public List<Map<String, String>> rows(ProducedLog log) {
    return log.records().stream().filter(r -> !r.good()).map(QuarantineModel::row).toList();
  }

  @Override
  public List<String> identity() {
    return List.of("partition", "offset");
  }

  @Override
  public Map<String, String> seen(Map<String, String> row) {
    Map<String, String> seen = new TreeMap<>(row);
    String reason = row.getOrDefault("reason", Oracle.NULL);
    seen.put("reason", reason.equals(Oracle.NULL) || reason.isBlank() ? Oracle.NULL : GIVEN);
    return seen;
  }

  private static Map<String, String> row(ProducedRecord record) {
    return Map.of(
        "partition", Integer.toString(record.partition()),
        "offset", Long.toString(record.offset()),
        "payload", record.payload(),
        "reason", GIVEN);
  }
}
