/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table with all versions of all rows: each is valid until the next change of its key.
 *
 * @param key the column that identifies a row
 * @param order the column with the time of a change
 * @param op the field that says what happened, {@code d} for a deletion; no column of the table
 */
public record HistoryModel(String key, String order, String op) implements SinkModel {
  private static final String VALID_TO = "_valid_to";
  private static final String CURRENT = "_is_current";

  @Override
  public List<Map<String, String>> rows(ProducedLog log) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<ProducedRecord> changes : KeyedLog.of(log, key, order)) {
      Map<String, String> open = null;
      for (ProducedRecord change : changes) {
        if (open != null) {
          open.put(VALID_TO, change.fields().get(order));
          open.put(CURRENT, "false");
        }
        open = change.fields().get(op).equals(ChangesModel.DELETE) ? null : version(change);
        if (open != null) {
          rows.add(open);
        }
      }
    }
    return rows;
  }

  @Override
  public List<String> identity() {
    return List.of(key, "kafka_partition", "kafka_offset");
  }

  private Map<String, String> version(ProducedRecord change) {
    Map<String, String> row = KeyedLog.row(change);
    row.remove(op);
    row.put("_valid_from", change.fields().get(order));
    row.put(VALID_TO, Oracle.NULL);
    row.put(CURRENT, "true");
    return row;
  }
}
