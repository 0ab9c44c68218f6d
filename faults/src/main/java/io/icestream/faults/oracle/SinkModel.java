/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.util.List;
import java.util.Map;

/** What a table has to hold after a part of the log: the pipeline, done one record at a time. */
public interface SinkModel {
  /**
   * The rows.
   *
   * @param log records from the topic's start
   * @return each row by column, as texts; a null is {@value Oracle#NULL}
   */
  List<Map<String, String>> rows(ProducedLog log);

  /** The columns that tell rows apart. */
  List<String> identity();

  /** A row of the table as the model would put it; by default as it is. */
  default Map<String, String> seen(Map<String, String> row) {
    return row;
  }
}
