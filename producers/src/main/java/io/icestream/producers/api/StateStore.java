/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import java.util.Optional;

/** Where the state of one API is kept. Not thread-safe. */
interface StateStore {

  /**
   * @return empty if there is none yet
   * @throws io.icestream.producers.ProducerException if it cannot be read
   */
  Optional<PollState> load();

  /**
   * Keeps a state for as long as there is no other.
   *
   * @throws io.icestream.producers.ProducerException if it cannot be written, or another process
   *     has written since it was loaded
   */
  void save(PollState state);
}
