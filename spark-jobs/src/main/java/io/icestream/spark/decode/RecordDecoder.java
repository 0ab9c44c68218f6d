/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Decodes a {@link Document}: the value of a Kafka record, or a line of it. An instance is
 * serialised to each task and used by one thread.
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
   * @param payload the bytes of a document; never null
   * @param row has the decoder's columns, all null; the caller reuses it
   * @throws Rejection if the payload breaks the schema; the row's content is then undefined
   */
  void decode(byte[] payload, InternalRow row) throws Rejection;

  /**
   * Fills a row for a record without value, a tombstone. Such a row has no event time.
   *
   * @param row has the decoder's columns, all null; the caller reuses it
   * @throws Rejection always, unless tombstones have a meaning in the format
   */
  default void decodeTombstone(InternalRow row) throws Rejection {
    throw new Rejection("empty_payload", "The record has no value (a tombstone)");
  }
}
