/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table that follows changes: the newest row of each key, unless it was deleted after that.
 *
 * @param key the column that identifies a row
 * @param order the column with a time that tells which change is newer
 * @param op the field that says what happened, {@code d} for a deletion; no column of the table
 * @param deleted the column that marks a deleted row; empty if such a row is removed
 */
public record ChangesModel(String key, String order, String op, String deleted)
    implements SinkModel {
  /** The operation that deletes a row. */
  public static final String DELETE = "d";

  @Override
  public List<Map<String, String>> rows(ProducedLog log) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<ProducedRecord> changes : KeyedLog.of(log, key, order)) {
      Map<String, String> row = null;
      for (ProducedRecord change : changes) {
        if (!change.fields().get(op).equals(DELETE)) {
          row = present(change);
        } else if (deleted.isEmpty()) {
          row = null;
        } else {
          row = row == null ? unknown(change) : row;
          row.put(deleted, "true");
        }
      }
      if (row != null) {
        rows.add(row);
      }
    }
    return rows;
  }

  @Override
  public List<String> identity() {
    return List.of(key);
  }

  /** A row of which nothing is known yet but that it was deleted. */
  private Map<String, String> unknown(ProducedRecord deletion) {
    Map<String, String> row = present(deletion);
    row.replaceAll((column, value) -> column.equals(key) ? value : Oracle.NULL);
    return row;
  }

  private Map<String, String> present(ProducedRecord change) {
    Map<String, String> row = KeyedLog.row(change);
    row.remove(op);
    if (!deleted.isEmpty()) {
      row.put(deleted, "false");
      // A deleted row may say where its deletion was, which is not what is judged
      row.remove("kafka_partition");
      row.remove("kafka_offset");
    }
    return row;
  }
}
