/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

/** Looks whether a topic can be produced to. */
@FunctionalInterface
interface TopicCheck {

  /**
   * @throws io.icestream.producers.ProducerException if there is no such topic or no broker answers
   */
  void require(String topic);
}
