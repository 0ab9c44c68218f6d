/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/**
 * Puts the elements of one key together, one by one in their order, without keeping them all: a key
 * may have any number of changes in a batch.
 */
interface KeyFold {
  /** Takes the next element; gives outcomes that nothing can change any more. */
  void add(Element element, Consumer<Row> outcomes);

  /** Gives the outcomes that are left. */
  void finish(Consumer<Row> outcomes);
}
