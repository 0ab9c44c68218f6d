/* SPDX-License-Identifier: MIT */
package io.icestream.producers.deadletter;

import java.util.List;

/** Takes what cannot be sent. */
@FunctionalInterface
public interface DeadLetters {

  /**
   * Keeps letters. They may be kept more than once if the caller has to try again.
   *
   * @throws io.icestream.producers.ProducerException if one could not be kept
   */
  void keep(List<DeadLetter> letters);
}
