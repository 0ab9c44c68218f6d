/* SPDX-License-Identifier: MIT */
package io.icestream.producers.ledger;

import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.record.RecordClass;
import java.util.Optional;

/**
 * The outcome of one record.
 *
 * @param topic the topic sent to
 * @param partition the record's partition; -1 if it failed before it was given one
 * @param offset the acknowledged offset; -1 if the send failed
 * @param key the key as the file holds it: URL-encoded, {@code -} for none
 * @param sha256 SHA-256 of the value, 64 lower-case hexadecimal digits
 * @param recordClass what a pipeline is expected to do with the record
 */
public record LedgerLine(
    String topic, int partition, long offset, String key, String sha256, RecordClass recordClass) {

  static final String HEADER = "topic\tpartition\toffset\tkey\tsha256\tclass";

  private static final String DIGEST = "[0-9a-f]{64}";

  static LedgerLine of(
      String topic, int partition, long offset, OutgoingRecord record, String sha256) {
    return new LedgerLine(
        topic, partition, offset, KeyText.encode(record.key()), sha256, record.recordClass());
  }

  /** The line with this text; empty if the text is none. */
  static Optional<LedgerLine> parse(String text) {
    String[] columns = text.split("\t", -1);
    if (columns.length != 6 || !KeyText.isKeyText(columns[3]) || !columns[4].matches(DIGEST)) {
      return Optional.empty();
    }
    try {
      int partition = Integer.parseInt(columns[1]);
      long offset = Long.parseLong(columns[2]);
      return RecordClass.withLabel(columns[5])
          .map(
              found ->
                  new LedgerLine(columns[0], partition, offset, columns[3], columns[4], found));
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  /** True if Kafka has the record. */
  public boolean acknowledged() {
    return offset != ProductionLedger.NO_OFFSET;
  }

  /** The key's bytes; empty if the record has no key. */
  public Optional<byte[]> keyBytes() {
    return KeyText.decode(key);
  }

  /** The line's text without line end. */
  String text() {
    return topic
        + '\t'
        + partition
        + '\t'
        + offset
        + '\t'
        + key
        + '\t'
        + sha256
        + '\t'
        + recordClass.label();
  }
}
