/* SPDX-License-Identifier: MIT */
package io.icestream.producers.http;

/** What the client hears of one record. */
sealed interface RecordResult {

  /** Kafka has it. */
  record Accepted(int partition, long offset) implements RecordResult {}

  /** It will never be taken. */
  record Rejected(String reason) implements RecordResult {}

  /** It is not known to be in Kafka: send it again. */
  record NotSent(String reason) implements RecordResult {}
}
