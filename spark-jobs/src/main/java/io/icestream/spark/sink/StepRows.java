/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import io.icestream.spark.transform.WindowAggregate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the source and the steps of a batch give, by their names. */
public interface StepRows {
  /** The accepted rows of the source or a row step, with the record that each comes from. */
  Dataset<Row> rows(String name);

  /** The rows of the source that are behind its watermark, with the record that each comes from. */
  Dataset<Row> late();

  /** The account of these: everything else counts as left out. */
  Tally lateTally();

  /** The groups of a window step. */
  WindowAggregate window(String name);

  /** Where the rows come from that a window step groups: {@code DecodedColumns.SOURCE} alone. */
  Dataset<Row> grouped(String name);

  /** The account of a step; a window step's is that of the rows it groups. */
  Tally tally(String name);

  /** How many rows that came as far as a sink it has refused. */
  long refusedBy(String table);

  /** The values that have a table, of a sink with a table per value. */
  RouteChoice routes(String table);
}
