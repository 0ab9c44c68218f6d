/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

/** What became of one record. */
public sealed interface SendOutcome {

  /**
   * Kafka has it, on all replicas that are in sync.
   *
   * @param partition from 0
   * @param offset its place in the partition
   */
  record Acknowledged(int partition, long offset) implements SendOutcome {}

  /**
   * Kafka does not take it for a reason that lies in the record, such as its size: sending it again
   * is of no use.
   *
   * @param reason in the user's words
   */
  record Refused(String reason) implements SendOutcome {}

  /**
   * It is not known to be in Kafka: the broker was away, or access is denied. It may have arrived
   * all the same if the answer was lost.
   *
   * @param reason in the user's words
   */
  record Failed(String reason) implements SendOutcome {}
}
