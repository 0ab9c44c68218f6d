/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import java.util.List;

/** Takes records, and says of each what became of it. */
@FunctionalInterface
public interface RecordSink {

  /**
   * Sends records in their order and waits until it is known what became of each.
   *
   * @return an outcome per record, in the order of the records
   */
  List<SendOutcome> send(List<TopicRecord> records);
}
