/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.util.Map;

/**
 * A record that Kafka has acknowledged.
 *
 * @param partition its partition
 * @param offset its offset
 * @param good whether the pipeline has to accept it; otherwise it belongs into quarantine
 * @param payload the {@link Digest} of its value
 * @param fields its fields by column, as texts; only of good records
 */
public record ProducedRecord(
    int partition, long offset, boolean good, String payload, Map<String, String> fields) {
  public ProducedRecord {
    fields = Map.copyOf(fields);
  }
}
