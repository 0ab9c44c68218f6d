/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.util.List;
import java.util.Map;

/** An append table: each good record once, with its position. */
public final class AppendModel implements SinkModel {
  @Override
  public List<Map<String, String>> rows(ProducedLog log) {
    return log.records().stream().filter(ProducedRecord::good).map(KeyedLog::row).toList();
  }

  @Override
  public List<String> identity() {
    return List.of("kafka_partition", "kafka_offset");
  }
}
