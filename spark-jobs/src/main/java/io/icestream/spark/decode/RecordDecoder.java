/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Decodes the value of a Kafka record. An instance is serialised to each task and used by one
 * thread.
 */
interface RecordDecoder extends Serializable {

  /**
   * Says where to note what payloads have and the columns have no place for. Called once, before
   * the first payload; without it nothing is noted.
   */
  default void report(DriftLog drift) {}

  /**
   * Fills a row.
   *
   * @param payload the value of a record; never null
   * @param row has the decoder's columns, all null; the caller reuses it
   * @throws Rejection if the payload breaks the schema; the row's content is then undefined
   */
  void decode(byte[] payload, InternalRow row) throws Rejection;
}
