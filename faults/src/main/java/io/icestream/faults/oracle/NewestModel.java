/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.util.List;
import java.util.Map;

/**
 * A table with the newest row of each key.
 *
 * @param key the column that identifies a row
 * @param order the column with a time that tells which row is newer
 */
public record NewestModel(String key, String order) implements SinkModel {
  @Override
  public List<Map<String, String>> rows(ProducedLog log) {
    return KeyedLog.of(log, key, order).stream()
        .map(records -> KeyedLog.row(records.get(records.size() - 1)))
        .toList();
  }

  @Override
  public List<String> identity() {
    return List.of(key);
  }
}
