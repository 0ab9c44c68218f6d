/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import io.icestream.producers.record.RecordClass;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the records of one production.
 *
 * @param acknowledged records that Kafka has
 * @param failed records that Kafka did not take, for a reason that lies in the record, such as its
 *     size
 * @param elapsed time from the first record to the last acknowledgement
 * @param byClass the acknowledged records by class; every class is there, those without records
 *     with 0
 * @param firstFailure why the first of the failed records failed; empty if none did
 */
public record ProductionResult(
    long acknowledged,
    long failed,
    Duration elapsed,
    Map<RecordClass, Long> byClass,
    Optional<String> firstFailure) {

  public ProductionResult {
    byClass = Map.copyOf(byClass);
  }
}
