/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table of groups: per value of one column, how many good records there are and the sum of
 * another column.
 *
 * @param key the column that is grouped by
 * @param summed the column that is summed up
 * @param count the table's column with the number of records
 * @param sum the table's column with the sum
 */
public record GroupsModel(String key, String summed, String count, String sum)
    implements SinkModel {
  @Override
  public List<Map<String, String>> rows(ProducedLog log) {
    Map<String, Long> counts = new TreeMap<>();
    Map<String, Long> sums = new TreeMap<>();
    for (ProducedRecord record : log.records()) {
      if (record.good()) {
        String group = record.fields().get(key);
        counts.merge(group, 1L, Long::sum);
        sums.merge(group, Long.parseLong(record.fields().get(summed)), Long::sum);
      }
    }
    List<Map<String, String>> rows = new ArrayList<>();
    counts.forEach(
        (group, n) ->
            rows.add(Map.of(key, group, count, n.toString(), sum, sums.get(group).toString())));
    return rows;
  }

  @Override
  public List<String> identity() {
    return List.of(key);
  }
}
