/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

/** What the values of a topic look like. Thread-safe. */
public interface RecordFormat {

  /**
   * The value in Kafka of a record that was sent as JSON.
   *
   * @throws UnfitRecordException if it is not one JSON object in UTF-8, or does not fit the schema
   */
  byte[] ofJson(byte[] record) throws UnfitRecordException;

  /**
   * The value in Kafka of a record that was sent in the topic's own format, with its header.
   *
   * @return the same bytes
   * @throws UnfitRecordException if they do not have the header, do not fit the schema, or the
   *     topic has no binary format
   */
  byte[] ofBytes(byte[] record) throws UnfitRecordException;
}
