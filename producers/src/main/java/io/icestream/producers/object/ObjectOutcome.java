/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

/** What became of the event of an object. */
sealed interface ObjectOutcome {

  /**
   * All of it is sent.
   *
   * @param lines how many were sent by this call
   */
  record Sent(long lines) implements ObjectOutcome {}

  /** An earlier call has sent it. */
  record Known() implements ObjectOutcome {}

  /** Nothing can be sent of it, or no more. Its letter is kept. */
  record GivenUp(String reason) implements ObjectOutcome {}

  /** Another version has taken its place, which has an event of its own. */
  record Replaced() implements ObjectOutcome {}

  /**
   * The time is over before its end. What is sent is committed, and another call goes on there.
   *
   * @param position where
   */
  record Unfinished(long position) implements ObjectOutcome {}
}
