/* SPDX-License-Identifier: MIT */
package io.icestream.producers.ledger;

import io.icestream.producers.ProducerException;
import io.icestream.producers.record.OutgoingRecord;
import java.nio.file.Path;

/**
 * Takes down the outcome of each record sent. Implementations may be called from several threads.
 */
public sealed interface ProductionLedger extends AutoCloseable permits NoLedger, LedgerFile {

  /** The partition of a failed record that was not given one. */
  int NO_PARTITION = -1;

  /** The offset of a failed record. */
  long NO_OFFSET = -1;

  /**
   * Takes down one outcome.
   *
   * @param topic the topic sent to
   * @param partition the record's partition, {@link #NO_PARTITION} if it has none
   * @param offset the acknowledged offset, {@link #NO_OFFSET} if the send failed
   * @param record the record sent
   * @throws ProducerException if the outcome cannot be written
   */
  void add(String topic, int partition, long offset, OutgoingRecord record);

  /**
   * Makes all outcomes durable. A second call has no effect.
   *
   * @throws ProducerException if that fails
   */
  @Override
  void close();

  /** Takes nothing down. */
  static ProductionLedger none() {
    return NoLedger.INSTANCE;
  }

  /**
   * Writes to a file, behind what is in it already; {@link LedgerFile} says how. Missing
   * directories are made.
   *
   * @throws ProducerException if the file cannot be written, is no ledger or ends in the middle of
   *     a line
   */
  static ProductionLedger toFile(Path file) {
    return LedgerFile.append(file);
  }
}
