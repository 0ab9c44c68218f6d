/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import io.icestream.producers.ProducerException;
import io.icestream.producers.ledger.ProductionLedger;
import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.record.RecordClass;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Counts the outcomes of one production and takes them down in its ledger. Thread-safe: outcomes
 * arrive on Kafka's thread, questions come from the producing one.
 */
final class Tally {

  private final String topic;
  private final ProductionLedger ledger;
  private final Map<RecordClass, Long> byClass = new EnumMap<>(RecordClass.class);
  private long acknowledged;
  private long failed;
  private Exception firstFailure;
  private Exception fatal;

  Tally(String topic, ProductionLedger ledger) {
    this.topic = topic;
    this.ledger = ledger;
    for (RecordClass each : RecordClass.values()) {
      byClass.put(each, 0L);
    }
  }

  /** What to call with the outcome of this record. */
  Callback callbackFor(OutgoingRecord record) {
    return (metadata, failure) -> {
      if (failure == null) {
        acknowledge(record, metadata);
      } else {
        fail(record, metadata, failure);
      }
    };
  }

  /**
   * Counts a record that Kafka did not take.
   *
   * @param metadata may be null
   */
  synchronized void fail(OutgoingRecord record, RecordMetadata metadata, Exception failure) {
    failed++;
    if (firstFailure == null) {
      firstFailure = failure;
    }
    if (fatal == null && !liesInRecord(failure)) {
      fatal = failure;
    }
    int partition = metadata == null ? ProductionLedger.NO_PARTITION : metadata.partition();
    takeDown(partition, ProductionLedger.NO_OFFSET, record);
  }

  synchronized long acknowledged() {
    return acknowledged;
  }

  synchronized long failed() {
    return failed;
  }

  /**
   * The failure after which no further record can be sent or taken down; empty as long as there is
   * none.
   */
  synchronized Optional<Exception> fatal() {
    return Optional.ofNullable(fatal);
  }

  synchronized ProductionResult result(Duration elapsed) {
    Optional<String> why = Optional.ofNullable(firstFailure).map(Tally::describe);
    return new ProductionResult(acknowledged, failed, elapsed, byClass, why);
  }

  static String describe(Exception failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  private synchronized void acknowledge(OutgoingRecord record, RecordMetadata metadata) {
    acknowledged++;
    byClass.merge(record.recordClass(), 1L, Long::sum);
    takeDown(metadata.partition(), metadata.offset(), record);
  }

  /**
   * Kafka swallows what a callback throws, so a ledger that cannot be written is kept as the fatal
   * failure.
   */
  private void takeDown(int partition, long offset, OutgoingRecord record) {
    try {
      ledger.add(topic, partition, offset, record);
    } catch (ProducerException e) {
      if (!(fatal instanceof ProducerException)) {
        fatal = e;
      }
    }
  }

  static boolean liesInRecord(Exception failure) {
    return failure instanceof RecordTooLargeException
        || failure instanceof InvalidRecordException
        || failure instanceof InvalidTimestampException;
  }
}
